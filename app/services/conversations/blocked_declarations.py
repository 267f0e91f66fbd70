"""What a certificate of being blocked says (CESEDA R.431-2): what the person declares, what the service itself saw."""

from datetime import datetime
from typing import Any

from app.domain.rules.calendar import paris_day
from app.services.conversations.conversations import Asker
from app.storage.applications import dossiers
from app.storage.models import Account


def observed(account: Account | None, now: datetime) -> list[dict[str, str]]:
    """What the service itself saw of somebody who is blocked: their account and each application begun."""
    if account is None:
        return []
    seen = [{"what": "account", "at": account.created_at.isoformat()}]
    for dossier in dossiers.of_account(account.id):
        what, at = ("filed", dossier.filed_on) if dossier.filed_on else ("begun", dossier.saved_at)
        told = {"what": what, "journey": dossier.journey, "reference": dossier.reference or ""}
        seen.append({**told, "at": at.isoformat()})
    return seen


def facts_of_block(answers: dict[str, Any], asker: Asker, page: str, now: datetime) -> dict[str, Any]:
    """All that a certificate of being blocked says, sealed when it is asked."""
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
        "observed": observed(account, now),
    }


def _name(account: Account | None) -> str:
    return f"{account.identity['surname']} {account.identity['given_names']}" if account else ""
