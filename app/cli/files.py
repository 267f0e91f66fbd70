"""`python -m app.cli files`: the stored files checked against the database, put back, copied elsewhere."""

import sys
from typing import TextIO

import click

from app.cli.agents import Database
from app.cli.refusals import refuse, settings_or_exit
from app.keys import KeyPurpose, Keyring
from app.storage.files import EncryptedStore, RawStore, from_url
from app.variables import BadValue


@click.group()
def files() -> None:
    """Check the stored files, put them back from a backup, copy them to another store."""


@files.command()
@click.option("--deep", is_flag=True, help="Read each file whole and compare its digest.")
@click.option("--orphans", is_flag=True, help="Print the keys of files that no row names instead.")
@click.pass_obj
def check(database: Database, deep: bool, orphans: bool) -> None:
    """Print what is missing or damaged, and exit with 1 if anything is. Runs beside the service."""
    from app.services.operations import file_care

    with database():
        found = file_care.check(store(), deep=deep)
    if orphans:
        click.echo("".join(f"{key}\n" for key in found.orphans), nl=False)
        return
    for word, keys in (("Missing", found.missing), ("Damaged", found.damaged)):
        for key in keys:
            click.echo(f"{word}: {key}")
    click.echo(f"{found.read} files named, {len(found.wrong)} wrong, {len(found.orphans)} that no row names.")
    if found.wrong:
        sys.exit(1)


@files.command()
@click.option("--from", "kept", required=True, help="A store that has them, as FILES_URL names one.")
@click.pass_obj
def repair(database: Database, kept: str) -> None:
    """Put missing and damaged files back from another store, such as that of a backup."""
    from app.services.operations import file_care

    ours, theirs = store(), opened(kept)
    with database():
        wrong = file_care.check(ours, deep=True).wrong
        lacking = list(file_care.repair(ours, theirs, wrong))
    for key in lacking:
        click.echo(f"Not whole there either: {key}")
    click.echo(f"{len(wrong) - len(lacking)} of {len(wrong)} files are whole again.")
    if lacking:
        sys.exit(1)


@files.command("remove-orphans")
@click.argument("noted", type=click.File(encoding="utf-8"))
@click.pass_obj
def remove_orphans(database: Database, noted: TextIO) -> None:
    """Delete what `check --orphans` noted into a file a day ago, and what no row names today either."""
    from app.services.operations import file_care

    ours = store()
    with database():
        found = file_care.check(ours, deep=False).orphans
    click.echo(f"{file_care.remove(ours, noted.read().split(), found)} files deleted.")


@files.command()
@click.option("--to", required=True, help="Another store, as FILES_URL names one.")
def copy(to: str) -> None:
    """Copy what another store lacks, encrypted as it is. Runs beside the service, again and again."""
    from app.services.operations import file_care

    click.echo(f"{file_care.copy(store().inner, opened(to))} files copied.")


def store() -> EncryptedStore:
    """Return the store of this deployment."""
    settings = settings_or_exit()
    return EncryptedStore(from_url(settings.files_url), Keyring(settings.keyring).of(KeyPurpose.FILES))


def opened(url: str) -> RawStore:
    """Return the store of a URL, or refuse."""
    try:
        return from_url(url)
    except BadValue as problem:
        refuse(f"the store {problem}.")
