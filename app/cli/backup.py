"""`python -m app.cli backup`: made while people file, restored on an empty machine, verified."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from app.cli.agents import Database
from app.cli.files import store
from app.cli.refusals import bind_reachable, refuse, settings_or_exit

FOLDER = click.argument("folder", type=click.Path(file_okay=False, path_type=Path))


@click.group()
def backup() -> None:
    """Make a backup, restore it, verify what is there."""


@backup.command()
@FOLDER
def make(folder: Path) -> None:
    """Write database and files into FOLDER, beside the running service; files that are there are not copied again."""
    from app.services.operations import backups

    settings = settings_or_exit()
    bind_reachable(settings)
    try:
        copied = backups.make(folder, settings.database_url, store(), datetime.now(UTC))
    except backups.Refused as refusal:
        refuse(f"{refusal}.")
    click.echo(
        f"Backed up: the database, {copied} new files. Without the keys nobody can read it: keep them apart."
    )


@backup.command()
@FOLDER
@click.pass_context
def restore(context: click.Context, folder: Path) -> None:
    """Bring the backup in FOLDER into the empty database and store of the settings, then verify it."""
    from app.services.operations import backups

    settings = settings_or_exit()
    bind_reachable(settings)
    try:
        came = backups.restore(folder, settings.database_url, store())
    except backups.Refused as refusal:
        refuse(f"{refusal}.")
    click.echo(f"Restored: the database, {came} files.")
    context.invoke(verify, folder=folder)


@backup.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def verify(database: Database, folder: Path | None = None) -> None:
    """Read every chain and file, and look for what the backup in FOLDER noted; exit with 1 if any is not whole."""
    from app.services.operations import backups

    with database():
        found = list(backups.problems(folder, store()))
    for problem in found:
        click.echo(f"Not whole: {problem}")
    if found:
        sys.exit(1)
    click.echo("Whole.")
