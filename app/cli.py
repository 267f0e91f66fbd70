"""The service from a terminal: `python -m app.cli --help`."""

import sys
from pathlib import Path

import click

from app import serving
from app.settings import Misconfigured, Settings


def settings_or_exit() -> Settings:
    """The settings; every reason why there are none, and exit code 2."""
    try:
        return Settings.from_env()
    except (Misconfigured, ValueError) as refusal:
        for reason in str(refusal).splitlines():
            click.echo(f"Refused: {reason}", err=True)
        sys.exit(2)


@click.group()
def cli() -> None:
    """Residence permits on line: web server, worker and upkeep."""


@cli.command()
def assets() -> None:
    """Prepare the style sheet, the scripts and the look-up tables that the pages need."""
    settings = settings_or_exit()
    from app.reference import building
    from app.web import assets as static

    static.build(Path(settings.static_dir), settings)
    building.build(Path(settings.reference_dir))


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""
    settings = settings_or_exit()
    from app.storage import database

    database.bind(settings.database_url)
    for name in database.migrate():
        click.echo(f"Migrated: {name}")


@cli.command()
@click.option("--again", is_flag=True, help="Empty the database first: everything in it is lost.")
def demo(again: bool) -> None:
    """Fill an empty demonstration with invented people and dossiers, relative to today."""
    settings = settings_or_exit()
    if not settings.demonstration:
        click.echo("Refused: invented data never goes into production.", err=True)
        sys.exit(2)
    from app import demonstration
    from app.factory import create_app
    from app.storage import operations
    from app.storage.database import database

    app = create_app(settings)
    with database.connection_context():
        if again:
            operations.clear()
        if operations.empty():
            demonstration.seed(app)
            click.echo("Invented people and dossiers are there.")


@cli.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
def serve(bind: str) -> None:
    """Run the web server and one worker until Ctrl-C; the end of either ends both."""
    settings = settings_or_exit()
    from app.storage import database

    database.bind(settings.database_url)
    if missing := database.pending():
        click.echo(
            f"Refused: the database lacks {', '.join(missing)}. Run: python -m app.cli migrate", err=True
        )
        sys.exit(2)
    sys.exit(serving.serve(bind, settings))


@cli.command()
def worker() -> None:
    """Print, send and check what acts asked for, until stopped. Several may run."""
    settings = settings_or_exit()
    from app import jobs, logs
    from app.factory import create_app

    logs.configure()
    jobs.run(create_app(settings), serving.stop_on_signals())


@cli.command()
@click.option("--retry", is_flag=True, help="Try everything that failed again, now.")
def outbox(retry: bool) -> None:
    """Show what waits to be sent or printed, and what failed; nothing personal is shown."""
    settings = settings_or_exit()
    from app.deployment import system_clock
    from app.storage import database, operations

    database.bind(settings.database_url)
    with database.database.connection_context():
        if retry:
            click.echo(f"Due again: {operations.retry(system_clock())}")
        for line in operations.backlog():
            click.echo(str(line))


if __name__ == "__main__":
    cli()
