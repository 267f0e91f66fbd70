"""Contact details of applicants and agents: the language of their letters, the telephone number for SMS."""

from datetime import datetime

from app.storage import failed_work
from app.storage.database import database
from app.storage.models import Account, Agent


def change(account: Account, language: str, phone: str, now: datetime) -> None:
    """Store the language and telephone of an account; no SMS is sent if the telephone is empty.

    SMS that failed are tried again, to the new number.
    """
    with database.atomic():
        Account.update(language=language, phone=phone).where(Account.id == account.id).execute()
        failed_work.due_again(now, failed_work.to_account(account.id, failed_work.TEXTS))


def write_to(agent: Agent, language: str, daily: bool) -> None:
    """Store the language of the letters to an agent, and whether one each day tells what came for them."""
    Agent.update(language=language, daily_mail=daily).where(Agent.id == agent.id).execute()
