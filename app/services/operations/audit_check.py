"""Checking the chains of the record, for an operator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.storage.applications import audit


@dataclass(frozen=True)
class BrokenChain:
    """A dossier, by its number in the database, whose chain is not whole, and why."""

    dossier_id: int
    reason: str


def broken_chains() -> Iterator[BrokenChain]:
    """Every chain in which something was changed, removed or put in."""
    for number, reason in audit.broken_chains():
        yield BrokenChain(number, reason)


def chain_heads() -> Iterator[str]:
    """A line a chain, to be kept outside the database: dossier, length, last digest. Nothing personal."""
    for one in audit.chain_heads():
        yield f"{one.dossier_id} {one.position} {one.digest}"


def missing_chains(lines: Iterable[str]) -> Iterator[BrokenChain]:
    """What heads kept elsewhere no longer find: a chain written anew, or cut short. ValueError for another file."""
    for line in filter(None, map(str.strip, lines)):
        number, position, digest = line.split(" ")
        if not audit.holds(int(number), int(position), digest):
            yield BrokenChain(int(number), f"record {position} is not the one noted elsewhere")
