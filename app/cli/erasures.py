"""`python -m app.cli erasures`: what was erased, to be kept elsewhere and erased again after a backup was restored."""

from typing import TextIO

import click

from app.cli.agents import Database
from app.cli.refusals import settings_or_exit


@click.group()
def erasures() -> None:
    """Print what was erased, and erase it again after a backup was restored."""


@erasures.command("list")
@click.pass_obj
def print_erased(database: Database) -> None:
    """Print a line for each thing erased, to keep outside the database: kind and number, no name."""
    from app.storage import erasures as store

    with database():
        for kind, subject in store.erased():
            click.echo(f"{kind} {subject}")


@erasures.command()
@click.argument("noted", type=click.File(encoding="utf-8"))
@click.pass_obj
def again(database: Database, noted: TextIO) -> None:
    """Erase again what a restored backup brought back, from the lines noted before; doing it twice does nothing more."""
    from app.deployment import Gateways
    from app.services.calendar import erasures as service
    from app.storage.database import clock

    settings = settings_or_exit()
    with database():
        files = Gateways.from_settings(settings).files
        now = clock()
        count = sum(
            service.erase_again(kind, int(subject), files, now)
            for kind, subject in (line.split() for line in noted)
        )
    click.echo(f"Erased again: {count}")
