"""`python -m app.cli keys`: making the keys of a deployment, listing, rotating, retiring and revoking them.

And encrypting anew what older keys encrypted.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from app.cli.agents import Database
from app.cli.refusals import refuse, settings_or_exit
from app.keys import KeyPurpose, Keyring, changing
from app.keys.keyring import FILE, KeyLists, load, writing
from app.keys.purposes import NEVER_ROTATED, STORED
from app.settings import Settings
from app.storage.files import EncryptedStore, FileChanged, StoreUnavailable, from_url
from app.variables import BadValue

PURPOSE = click.Choice([str(purpose) for purpose in KeyPurpose])


@click.group()
def keys() -> None:
    """Make, list, rotate, retire and revoke the keys in the file of KEYRING. Secrets are never printed."""


@keys.command()
@click.argument("file", type=click.Path(path_type=Path))
def make(file: Path) -> None:
    """Write a new key for each purpose into FILE, which must not be there yet and only you can read."""
    try:
        changing.store(file, changing.fresh(_now()), new=True)
    except FileExistsError:
        refuse(
            f"{file} is there already: its keys would be lost. To change them: python -m app.cli keys rotate"
        )
    except OSError as error:
        refuse(f"{file} cannot be written: {error.strerror}")
    click.echo(
        f"Made. Keep a copy apart from database and documents, and set: KEYRING={FILE}{file.absolute()}"
    )


@keys.command("list")
def show() -> None:
    """Print purpose, id, beginning and state of each key."""
    now, lists = _now(), _load(_source())
    for purpose in KeyPurpose:
        current = writing(lists[purpose], now) if lists[purpose] else None
        for key in lists[purpose]:
            state = "writes" if key is current else "writes from then on" if key.begins > now else "reads"
            if key.revoked_on:
                state += f", revoked on {key.revoked_on}"
            click.echo(f"{purpose:<15} {key.id:<9} {key.begins:%Y-%m-%d %H:%M} UTC  {state}")


@keys.command()
@click.argument("purposes", nargs=-1, type=PURPOSE)
@click.option(
    "--minutes", default=10, show_default=True, type=click.IntRange(0),
    help="When the new keys begin to write; until then every process must have read the file, or been restarted.",
)  # fmt: skip
def rotate(purposes: tuple[str, ...], minutes: int) -> None:
    """Add a key to each of PURPOSES, or to all. The keys before are still read: no session ends, no form is refused."""
    chosen = tuple(map(KeyPurpose, purposes)) or tuple(
        purpose for purpose in KeyPurpose if purpose not in NEVER_ROTATED
    )
    begins = _now() + timedelta(minutes=minutes)
    file = _file()
    _store(file, lambda lists: changing.rotated(lists, chosen, begins))
    click.echo(f"{len(chosen)} keys begin to write at {begins:%Y-%m-%d %H:%M} UTC.")


@keys.command()
@click.argument("purpose", type=PURPOSE)
@click.argument("key_id")
def retire(purpose: str, key_id: str) -> None:
    """Take a key away once nothing needs it; of papers its private half, so that they stay genuine."""
    wanted, file = KeyPurpose(purpose), _file()
    in_use = _in_use(wanted, key_id) if wanted in STORED else 0
    _store(file, lambda lists: changing.retired(lists, wanted, key_id, _now(), in_use))
    click.echo("Retired.")


@keys.command()
@click.pass_obj
def reencrypt(database: Database) -> None:
    """Encrypt anew, with the keys that write, documents and secrets of authenticators. Can run beside the service."""
    from app.storage import sealing
    from app.storage.models import Agent, AgentLink

    with database():
        secrets = sealing.seal_anew(Agent.totp_secret, AgentLink.totp_secret)
    try:
        files = _files().encrypt_anew()
    except (FileChanged, StoreUnavailable) as problem:
        refuse(f"a document could not be read, those before it are done: {type(problem).__name__} {problem}")
    click.echo(f"Encrypted anew: {secrets} secrets of authenticators, {files} documents.")


def _in_use(purpose: KeyPurpose, key_id: str) -> int:
    """Return how much that is stored needs a key."""
    from app.storage import sealing
    from app.storage.models import Agent, AgentLink

    if purpose is KeyPurpose.FILES:
        return _files().encrypted_by(key_id)
    with click.get_current_context().obj():
        return sealing.sealed_by(key_id, Agent.totp_secret, AgentLink.totp_secret)


def _files() -> EncryptedStore:
    settings = settings_or_exit()
    keys = Keyring(settings.keyring).of(KeyPurpose.FILES)
    return EncryptedStore(from_url(settings.files_url), keys)


@keys.command()
@click.argument("key_id")
def revoke(key_id: str) -> None:
    """Withdraw a stolen key of papers: what it signed is no longer believed without asking the service."""
    file = _file()
    _store(file, lambda lists: changing.revoked(lists, key_id, _now().date()))
    click.echo("Revoked. Papers that it signed are checked on line only.")


def _source() -> str:
    """Return KEYRING alone: the other settings may be wrong while keys are made."""
    return Settings.read(os.environ)[0].keyring


def _file() -> Path:
    source = _source()
    if not source.startswith(FILE):
        refuse("KEYRING names no file: put its keys into one, change that, and set KEYRING again")
    return Path(source.removeprefix(FILE))


def _store(file: Path, change: Callable[[KeyLists], KeyLists]) -> None:
    """Change the file, one command at a time."""
    try:
        with changing.alone(file):
            changing.store(file, change(_load(f"{FILE}{file}")))
    except (changing.NotNow, OSError) as refusal:
        refuse(str(refusal))


def _load(source: str) -> KeyLists:
    try:
        return load(source, whole=False)
    except BadValue as problem:
        refuse(f"KEYRING {problem}")


def _now() -> datetime:
    return datetime.now(UTC)
