"""Verification of the audit records' hash chains, run by an operator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.storage import erasures
from app.storage.applications import audit


@dataclass(frozen=True)
class BrokenChain:
    """A dossier, by its id, whose chain of audit records is not intact, and why."""

    dossier_id: int
    reason: str


def broken_chains() -> Iterator[BrokenChain]:
    """Yield every chain in which a record was changed, removed or inserted."""
    for number, reason in audit.broken_chains():
        yield BrokenChain(number, reason)


def chain_heads() -> Iterator[str]:
    """Yield a line a chain, to be stored outside the database: dossier id, length, last digest. No personal data."""
    for head in audit.chain_heads():
        yield f"{head.dossier_id} {head.position} {head.digest}"


def missing_chains(lines: Iterable[str]) -> Iterator[BrokenChain]:
    """Yield the chains that no longer contain a head stored earlier: rewritten, or cut short.

    A dossier that was erased at its time is not missing: its trace says so.
    `lines` are those of `chain_heads`; ValueError for any other file.
    """
    for line in filter(None, map(str.strip, lines)):
        number, position, digest = line.split(" ")
        if not audit.holds(int(number), int(position), digest) and not erasures.dossier_was_erased(
            int(number)
        ):
            yield BrokenChain(int(number), f"record {position} is not the one noted elsewhere")
