"""`python -m app.cli sessions`: ending sessions of others, when a device is lost or a secret is out."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import click

# Opens the database of the deployment, or refuses if it is not migrated.
Database = Callable[[], AbstractContextManager[None]]


@click.group()
def sessions() -> None:
    """End sessions: those of a person, or everybody's."""


@sessions.command()
@click.argument("whose")
@click.pass_obj
def end(database: Database, whose: str) -> None:
    """End the sessions of WHOSE: `account 12` or `agent 3` as in the log, between quotes, or `everybody`."""
    from app.services.access import sessions as store

    with database():
        try:
            many = store.end_of(whose)
        except store.UnknownPerson:
            raise click.UsageError(f"{whose!r} is nobody: `account 12`, `agent 3` or `everybody`.") from None
    click.echo(f"Ended: {many}")
