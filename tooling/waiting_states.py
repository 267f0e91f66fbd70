"""Hold docs/waiting-states.md against the code: each state in which something is waited for has its row.

Such states are the enumerations below, and each nullable instant of a model: what has not happened yet. An instant that
nothing waits for is listed with the reason.
"""

import re
import sys

from app.domain.dossiers.standing import Follows
from app.domain.dossiers.states import State
from app.domain.rules.ephotos import EPhotoState
from app.jobs import HANDLERS
from app.storage.database import UtcField
from app.storage.models import TABLES
from tooling.parts import ROOT

PAGE = ROOT / "docs" / "waiting-states.md"
_ROW = re.compile(r"^\| `([^`]+)` \|(.*)\|$", re.MULTILINE)

ENDED = {
    State.HANDED_OVER,
    State.UNFAVOURABLE,
    State.CLOSED,
    State.WITHDRAWN,
}  # undone by an act, not awaited
NOT_WAITED = {
    "Account.closed_at": "an account in use is what should be; see Erasure.done_at",
    "Account.seen_at": "the last sign-in; who never signed in is waited for by nobody",
    "Account.provisional_until": "the password's own end: a new one is asked for like a forgotten one",
    "Agent.mailed_at": "a daily mail that was sent; who wants none waits for none",
    "Attestation.revoked_at": "a certificate in force is what should be",
    "Complement.unsent_told_at": "a reminder that was sent; see ComplementItem.decided_at",
    "DecisionLetter.superseded_at": "a letter in force is what should be",
    "Document.removed_at": "a file in force is what should be",
    "InternalNote.struck_at": "a note in force is what should be",
    "Notice.read_at": "the message was sent by e-mail too",
    "Passkey.used_at": "a key that was never used works as well",
    "Outbox.leased_until": "a worker has it in hand, for a minute at most",
    "Recovery.stopped_at": "only the old address stops a request; see Recovery.decided_at",
    "Signup.code_sent_at": "the code is sent with the page that asks for it; see Signup.verified_at",
    "Throttle.blocked_until": "a pause that ends by itself, minutes long",
}


def of_code() -> set[str]:
    """Return the key of each waiting state that the code has."""
    instants = {
        f"{table.__name__}.{column.name}"
        for table in TABLES
        for column in table.fields_without()
        if isinstance(column, UtcField) and column.null
    }
    return {
        *(f"dossier {state}" for state in set(State) - ENDED),
        *(f"e-photo {state}" for state in set(EPhotoState) - {EPhotoState.READY}),
        *(f"rights {follows}" for follows in set(Follows) - {Follows.CARD, Follows.NOTHING}),
        *(f"work {kind}" for kind in HANDLERS),
        *(instants - NOT_WAITED.keys()),
    }


def of_page(text: str) -> dict[str, list[str]]:
    """Return the cells of each row of the page, by its key: owner, date, way out."""
    return {key: [cell.strip() for cell in cells.split("|")] for key, cells in _ROW.findall(text)}


def problems(text: str) -> list[str]:
    """Return what the page lacks, has too much, or leaves empty."""
    rows, states = of_page(text), of_code()
    return [
        *(f"{key} has no row" for key in sorted(states - rows.keys())),
        *(f"{key} is not in the code" for key in sorted(rows.keys() - states)),
        *(
            f"{key} lacks owner, date or way out"
            for key, cells in rows.items()
            if len(list(filter(None, cells))) != 3
        ),
    ]


def main() -> int:
    """Print the problems of the page and return how many there are."""
    found = problems(PAGE.read_text(encoding="utf-8"))
    for problem in found:
        print(problem)
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
