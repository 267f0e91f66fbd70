"""How a person is reached: the language of letters, the telephone of short messages."""

from app.storage.models import Account


def change(account: Account, language: str, phone: str) -> None:
    """Keep both; without a telephone nobody is sent an SMS."""
    Account.update(language=language, phone=phone).where(Account.id == account.id).execute()
