"""Contact details of applicants and agents: the language of their letters, the telephone number for SMS."""

from app.storage.models import Account, Agent


def change(account: Account, language: str, phone: str) -> None:
    """Store the language and telephone of an account; no SMS is sent if the telephone is empty."""
    Account.update(language=language, phone=phone).where(Account.id == account.id).execute()


def write_in(agent: Agent, language: str) -> None:
    """Store the language of the letters to an agent."""
    Agent.update(language=language).where(Agent.id == agent.id).execute()
