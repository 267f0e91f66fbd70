"""Mail about accounts; mail about dossiers is sent with their notices, see `notices`."""

from collections.abc import Mapping
from datetime import datetime

from app.storage import outbox


def write(template: str, to: str, language: str, facts: Mapping[str, str | int], now: datetime) -> None:
    """Post the letter `mail/<template>.txt` to the outbox. Call it inside the transaction that it reports.

    An empty `to` is work for nothing, which the worker drops: where nobody has the account asked for, a request does what
    it does where somebody has, so that its time tells neither.
    """
    payload = {"template": f"mail/{template}.txt", "to": to, "language": language, "facts": dict(facts)}
    outbox.post("mail", payload, now)
