"""Facts of a certificate of being blocked (CESEDA R.431-2): the person's declaration and what the service recorded."""

from datetime import datetime
from typing import Any

from app.domain.rules.calendar import paris_day
from app.domain.rules.names import surname_first, with_latin
from app.services.conversations.conversations import Asker
from app.storage.applications import dossiers
from app.storage.models import Account


def _recorded(account: Account | None) -> list[dict[str, str]]:
    """Return what the service recorded of a person: the account and each application begun or filed, with ISO dates."""
    if account is None:
        return []
    events = [{"what": "account", "at": account.created_at.isoformat()}]
    for dossier in dossiers.of_account(account.id):
        what, at = ("filed", dossier.filed_on) if dossier.filed_on else ("begun", dossier.saved_at)
        event = {"what": what, "journey": dossier.journey, "reference": dossier.reference or ""}
        events.append({**event, "at": at.isoformat()})
    return events


def facts_of_block(answers: dict[str, Any], asker: Asker, page: str, now: datetime) -> dict[str, Any]:
    """Return every fact of a certificate of being blocked, as a JSON object stored with the question."""
    account = asker.account
    return {
        "name": _name(account),
        "email": asker.email,
        "foreign_number": (account.foreign_number or "") if account else "",
        "tried": answers["tried"],
        "since": answers["since"],
        "text": answers["text"],
        "helpers": answers["helpers"],
        "page": page,
        "on": paris_day(now).isoformat(),
        "observed": _recorded(account),
    }


def _name(account: Account | None) -> str:
    return with_latin(surname_first(account.identity), account.identity) if account else ""
