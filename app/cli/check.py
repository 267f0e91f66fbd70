"""`python -m app.cli check`: everything that stands in the way, told before anything starts."""

import os
import sys

import click

from app.settings import Misconfigured, Settings


@click.command()
def check() -> None:
    """Tell all that `serve` would refuse, each with its cure, then what to mend besides.

    Exits with 2 if something is refused, with 1 if something is to be mended, with 0 if nothing is.
    """
    refused: list[str] = []
    warned: list[str] = []
    settings = _settings(refused)
    if settings is not None:
        _look(settings, refused, warned)
    for reason in refused:
        click.echo(f"Refused: {reason}")
    for reason in warned:
        click.echo(f"Warning: {reason}")
    if not refused and not warned:
        click.echo("Ready: nothing stands in the way.")
    sys.exit(2 if refused else 1 if warned else 0)


def _settings(refused: list[str]) -> Settings | None:
    """Return the settings, also where some are refused; None if an address among them cannot be used."""
    from app import deployment

    try:
        return deployment.read_settings()
    except Misconfigured as misconfigured:
        refused += str(misconfigured).splitlines()
    settings, _problems = Settings.read(os.environ)
    unusable = deployment.address_problems(settings)
    return None if unusable else settings


def _look(settings: Settings, refused: list[str], warned: list[str]) -> None:
    """Add what is wrong with files and the database, as far as each can be looked at."""
    from app import readiness
    from app.reference import communes
    from app.storage import database

    refused += readiness.missing_assets(settings)
    try:
        communes.open_reference(settings.reference_dir)
    except communes.ReferenceMissing as missing:
        refused.append(f"{missing} was not built. Run: python -m app.cli assets")
        return
    try:
        database.bind_reachable(settings.database_url)
        database.require_migrated()
    except database.Unreachable as reason:
        refused.append(f"the database of DATABASE_URL does not open: {reason}")
        return
    except (database.Unmigrated, database.OtherHistory) as reason:
        refused.append(str(reason))
        return
    with database.database.connection_context():
        refused += readiness.invented_people(settings)
        refused += readiness.missing_services(settings)
        warned += readiness.warnings(settings)
