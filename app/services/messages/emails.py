"""Letters about an account; those about a dossier go with its notices."""

from datetime import datetime

from app.storage import outbox


def write(template: str, to: str, language: str, facts: dict[str, str], now: datetime) -> None:
    """Ask for the letter `mail/<template>.txt`; call it inside the transaction of the act."""
    payload = {"template": f"mail/{template}.txt", "to": to, "language": language, "facts": facts}
    outbox.post("mail", payload, now)
