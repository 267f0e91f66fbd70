"""Queries on accounts and on what leads to them."""

from datetime import datetime
from typing import Any

from app.storage.models import Account, KeptForm, ResetLink, Signup
from app.storage.prepared import prepared


def by_number(number: str) -> Account | None:
    """The account of a foreign-national number of ten digits."""
    return Account.get_or_none(Account.foreign_number == number)


def by_email(email: str) -> Account | None:
    """The account of an address in its normal form."""
    return Account.get_or_none(Account.email == email)


def by_identifier(name: str) -> Account | None:
    """The account of a number or an address, always by one query."""
    return by_email(name) if "@" in name else by_number(name)


def set_password(account_id: int, digest: str) -> None:
    """Keep a new digest."""
    Account.update(password_hash=digest).where(Account.id == account_id).execute()


def signup(digest: str, since: datetime) -> Signup | None:
    """A signup begun since an instant, by its browser's token."""
    return Signup.get_or_none((Signup.digest == digest) & (Signup.created_at > since))


def signup_by_id(signup_id: int, since: datetime) -> Signup | None:
    """A signup begun since an instant, by its number."""
    return Signup.get_or_none((Signup.id == signup_id) & (Signup.created_at > since))


def live_link(digest: str, now: datetime) -> ResetLink | None:
    """A link neither used nor too old, with its account."""
    live = (ResetLink.digest == digest) & ResetLink.used_at.is_null() & (ResetLink.expires_at > now)
    found: ResetLink | None = ResetLink.select(ResetLink, Account).join(Account).where(live).first()
    return found


def spend_link(link_id: int, now: datetime) -> bool:
    """Use a link up; False when somebody did a moment before."""
    unused = (ResetLink.id == link_id) & ResetLink.used_at.is_null()
    return bool(ResetLink.update(used_at=now).where(unused).execute())


def spend_links(account_id: int, now: datetime) -> None:
    """Use up every link of an account."""
    unused = (ResetLink.account == account_id) & ResetLink.used_at.is_null()
    ResetLink.update(used_at=now).where(unused).execute()


@prepared(KeptForm)
def _kept_form(account_id: Any, path: Any) -> Any:
    return KeptForm.select().where((KeptForm.account == account_id) & (KeptForm.path == path))


def kept_form(account_id: int, path: str) -> list[tuple[str, str]] | None:
    """What was typed for a page when the session was over."""
    row = _kept_form.first(account_id, path)
    return [(name, value) for name, value in row.fields] if row else None


def keep_form(account_id: int, path: str, fields: list[tuple[str, str]], now: datetime) -> None:
    """Keep it, in place of what was kept before."""
    KeptForm.insert(account=account_id, path=path, fields=fields, kept_at=now).on_conflict(
        conflict_target=[KeptForm.account, KeptForm.path], update={"fields": fields, "kept_at": now}
    ).execute()


def forget_form(account_id: int, path: str) -> None:
    """It has been saved."""
    KeptForm.delete().where((KeptForm.account == account_id) & (KeptForm.path == path)).execute()
