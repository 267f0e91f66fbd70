"""How a person is reached: the language of letters, the telephone of short messages."""

from app.storage.models import Account, Agent


def change(account: Account, language: str, phone: str) -> None:
    """Keep both; without a telephone nobody is sent an SMS."""
    Account.update(language=language, phone=phone).where(Account.id == account.id).execute()


def write_in(agent: Agent, language: str) -> None:
    """The language of the letters to a member of the agents' side."""
    Agent.update(language=language).where(Agent.id == agent.id).execute()
