"""A chain of records: whole or not, and written in the one way in which those of years ago were."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from app.domain.dossiers.audit import BEGINNING, Entry, broken, content

FIRST = Entry(
    dossier_id=7,
    position=1,
    at=datetime(2026, 11, 23, 11, 0, tzinfo=UTC),
    role="agent",
    agent_id=3,
    service_id=None,
    action="opened",
    facts={"b": "é\n", "a": [1, None]},
    previous=BEGINNING,
)


def chain(*positions: int) -> list[tuple[Entry, str]]:
    """Records each holding the digest of the one before, numbered so."""
    made, previous = [], BEGINNING
    for position in positions:
        entry = replace(FIRST, position=position, previous=previous)
        previous = entry.digest
        made.append((entry, previous))
    return made


def test_a_whole_chain_is_whole() -> None:
    assert broken(chain(1, 2, 3)) == 0
    assert broken([]) == 0


def test_records_are_numbered_without_a_hole_even_where_every_digest_follows() -> None:
    assert broken(chain(1, 3)) == 2
    assert broken(chain(2)) == 1
    assert broken(chain(1, 1)) == 2


def test_digests_of_years_ago_are_computed_again_the_same() -> None:
    """Written once and for ever: another way of writing would break every chain there is."""
    assert FIRST.digest == "08e402cc65d987ad87870fb660491fc385876fbbefbcd8e907905da6e60281d2"
    told = content("ask", "agent", 3, FIRST.at, "Le relevé est illisible.", {"due_on": "2026-12-23"})
    assert told == "b0f5a60627630bad53ff2801d392d166d846a50e04d978b54077519c747556b2"
    paris = replace(FIRST, at=FIRST.at.astimezone(timezone(timedelta(hours=1))))
    assert paris.digest == FIRST.digest, "an instant is the same wherever it is told"
