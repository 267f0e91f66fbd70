"""Queries on accounts and on the ways to sign in to them: signups, codes and links by mail, kept forms."""

from datetime import datetime
from typing import Any

from peewee import JOIN, fn

from app.storage.database import row_lock
from app.storage.models import Account, Dossier, Entry, ResetLink, Signup


def by_id(account_id: int) -> Account | None:
    """Return an account, None if it is gone."""
    return Account.get_or_none(Account.id == account_id)


def by_number(number: str) -> Account | None:
    """Return the account of a foreign-national number of ten digits, None if there is none."""
    return Account.get_or_none(Account.foreign_number == number)


def by_papers(number: str, visa: str) -> Account | None:
    """Return the account of a foreign-national number or of a visa's digits; pass "" for an unknown one."""
    return Account.get_or_none((Account.foreign_number == number) | (Account.visa_number == visa))


def by_email(email: str) -> Account | None:
    """Return the account of an address in its normal form, None if there is none."""
    return Account.get_or_none(Account.email == email)


def by_identifier(name: str) -> Account | None:
    """Return the account of a number or an address, with one query in either case."""
    return by_email(name) if "@" in name else by_number(name)


def set_password(account_id: int, digest: str, until: datetime | None = None) -> None:
    """Store a password hash; it is provisional if `until` is given, else the applicant's own choice."""
    Account.update(password_hash=digest, provisional_until=until).where(Account.id == account_id).execute()


def spend_password(account: Account) -> bool:
    """Use up a provisional password; return False if another request has used it."""
    same = (Account.id == account.id) & (Account.password_hash == account.password_hash)
    spent = Account.update(password_hash="", provisional_until=None).where(same)
    return bool(spent.execute())


def give_number(account: Account, number: str, identity: dict[str, Any]) -> bool:
    """Store a foreign-national number for an account without one; return False if it has one by now."""
    without = (Account.id == account.id) & Account.foreign_number.is_null()
    return bool(Account.update(foreign_number=number, identity=identity).where(without).execute())


def unnumbered(email: str, reference: str) -> Account | None:
    """Return the account without number of an address; with a reference, only if that dossier is its own."""
    own = Dossier.select().where((Dossier.account == Account.id) & (Dossier.reference == reference))
    found = (Account.email == email) & Account.foreign_number.is_null()
    return Account.get_or_none(found & fn.EXISTS(own) if reference else found)


def entry(digest: str, since: datetime) -> Entry | None:
    """Return an unused request to sign in by mail, made since an instant, by its browser's token digest."""
    return _entry((Entry.digest == digest), since)


def entry_of_link(digest: str, since: datetime) -> Entry | None:
    """Return an unused request to sign in by mail, made since an instant, by its link's digest."""
    return _entry((Entry.link_digest == digest), since)


def _entry(condition: Any, since: datetime) -> Entry | None:
    unused = condition & Entry.used_at.is_null() & (Entry.asked_at > since)
    found: Entry | None = Entry.select(Entry, Account).join(Account, JOIN.LEFT_OUTER).where(unused).first()
    return found


def count_try(entry_id: int, most: int) -> bool:
    """Count a try of a code before comparing it; return False once `most` tries are used."""
    allowed = (Entry.id == entry_id) & (Entry.tries < most)
    return bool(Entry.update(tries=Entry.tries + 1).where(allowed).execute())


def spend_entry(entry_id: int, now: datetime) -> bool:
    """Use up a request to sign in; return False if another request has used it."""
    unused = (Entry.id == entry_id) & Entry.used_at.is_null()
    return bool(Entry.update(used_at=now).where(unused).execute())


def replace_email(account_id: int, old: str, new: str) -> bool:
    """Store another address of an account, only if it still has the old one; return whether it did."""
    same = (Account.id == account_id) & (Account.email == old)
    return bool(Account.update(email=new).where(same).execute())


def set_email(account_id: int, email: str) -> None:
    """Store another e-mail address; IntegrityError if another account has it."""
    Account.update(email=email).where(Account.id == account_id).execute()


def spend_entries(account_id: int, now: datetime) -> None:
    """Use up every request to sign in of an account."""
    unused = (Entry.account == account_id) & Entry.used_at.is_null()
    Entry.update(used_at=now).where(unused).execute()


def signup(digest: str, since: datetime) -> Signup | None:
    """Return a signup begun since an instant, by its browser's token digest."""
    return Signup.get_or_none((Signup.digest == digest) & (Signup.created_at > since))


def signup_by_id(signup_id: int, since: datetime) -> Signup | None:
    """Return a signup begun since an instant, by its id."""
    return Signup.get_or_none((Signup.id == signup_id) & (Signup.created_at > since))


def count_code_try(signup: Signup, most: int) -> bool:
    """Count a try of a signup's code; return False after `most` tries, or if another code was sent since."""
    same = (Signup.id == signup.id) & (Signup.code_digest == signup.code_digest)
    allowed = Signup.update(code_tries=Signup.code_tries + 1).where(same & (Signup.code_tries < most))
    return bool(allowed.execute())


def confirm_email(signup: Signup, now: datetime) -> bool:
    """Note that a signup's address is verified; return False if the address was changed since."""
    same = (Signup.id == signup.id) & (Signup.email == signup.email)
    return bool(Signup.update(verified_at=now).where(same).execute())


def live_link(digest: str, now: datetime) -> ResetLink | None:
    """Return an unused password link that has not expired, with its account."""
    live = (ResetLink.digest == digest) & ResetLink.used_at.is_null() & (ResetLink.expires_at > now)
    found: ResetLink | None = ResetLink.select(ResetLink, Account).join(Account).where(live).first()
    return found


def spend_link(link_id: int, now: datetime) -> bool:
    """Use up a password link; return False if another request has used it."""
    unused = (ResetLink.id == link_id) & ResetLink.used_at.is_null()
    return bool(ResetLink.update(used_at=now).where(unused).execute())


def spend_links(account_id: int, now: datetime) -> None:
    """Use up every password link of an account."""
    unused = (ResetLink.account == account_id) & ResetLink.used_at.is_null()
    ResetLink.update(used_at=now).where(unused).execute()


def locked(account_id: int) -> Account:
    """Return an account as it is now, locked until the transaction ends. Lock a dossier, if any, before it."""
    return row_lock(Account.select().where(Account.id == account_id)).get()
