"""The command line: `python -m app.cli --help`."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from app import serving
from app.cli.agents import agents
from app.cli.audit import audit
from app.cli.backup import backup
from app.cli.building import assets, catalogues
from app.cli.check import check
from app.cli.erasures import erasures
from app.cli.files import files
from app.cli.keys import keys
from app.cli.modes import drain, mode
from app.cli.refusals import bind_reachable, origin_of, refuse, served, settings_or_exit
from app.cli.sessions import sessions
from app.cli.status import status
from app.domain.rules.parameters import UNCOVERED_SIGHT_DAYS
from app.settings import Settings


def bind_migrated(settings: Settings) -> None:
    """Open the database; refuse if its schema is not that of this version."""
    from app.storage import database

    bind_reachable(settings)
    with _schema_refusals():
        database.require_migrated()


@contextmanager
def _schema_refusals() -> Iterator[None]:
    """Print what is wrong with the schema of the database, and exit with code 2."""
    from app.storage import database

    try:
        yield
    except (database.Unmigrated, database.OtherHistory) as refusal:
        refuse(str(refusal))


def open_reference(settings: Settings) -> None:
    """Open the list of communes; refuse if it was not built."""
    from app.reference import communes

    try:
        communes.open_reference(settings.reference_dir)
    except communes.ReferenceMissing as missing:
        refuse(f"{missing} was not built. Run: python -m app.cli assets")


@click.group()
@click.pass_context
def cli(context: click.Context) -> None:
    """Residence permits on line: web server, worker and maintenance."""
    context.obj = _database


@cli.command()
def migrate() -> None:
    """Apply pending migrations; wait while another process does."""
    settings = settings_or_exit()
    from app.storage import database

    bind_reachable(settings)
    with _schema_refusals():
        names = database.migrate()
    for name in names:
        click.echo(f"Migrated: {name}")


@cli.group(invoke_without_command=True)
@click.pass_context
def services(context: click.Context) -> None:
    """Put prefectures and sub-prefectures into the database: `services load`, and the default."""
    if context.invoked_subcommand is None:
        context.invoke(load)


@services.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def load(file: Path | None = None) -> None:
    """Make the services those of FILE, else of SERVICES_FILE; without either, add missing prefectures."""
    settings = settings_or_exit()
    from app.reference.offices import BadServices, read
    from app.services.operations import services_loading
    from app.storage.database import database

    open_reference(settings)
    chosen = file or (Path(settings.services_file) if settings.services_file else None)
    try:
        wanted = read(chosen.read_text(encoding="utf-8")) if chosen else None
        bind_migrated(settings)
        with database.connection_context():
            done = services_loading.load(wanted) if wanted else services_loading.add_missing()
    except (BadServices, OSError, UnicodeDecodeError) as refusal:
        refuse(str(refusal))
    for word, codes in (("Added", done.added), ("Changed", done.changed), ("Closed", done.closed)):
        click.echo(f"{word}: {len(codes)}{' (' + ', '.join(codes) + ')' if 0 < len(codes) < 20 else ''}")


@cli.command()
@click.option("--again", is_flag=True, help="Empty the database first: everything in it is lost.")
def demo(again: bool) -> None:
    """Fill an empty demonstration with invented people and dossiers, relative to today."""
    settings = settings_or_exit()
    if not settings.demonstration:
        refuse("invented data never goes into production.")
    from app import demonstration
    from app.factory import create_app
    from app.storage import outbox_admin
    from app.storage.database import database

    bind_migrated(settings)
    app = create_app(settings)
    with database.connection_context():
        if again:
            outbox_admin.clear()
        if outbox_admin.empty():
            demonstration.seed(app)
            click.echo("Invented people and dossiers are there.")


@cli.command()
@click.option(
    "--dossiers", default=1000, show_default=True, type=click.IntRange(1, 5_000_000), help="How many."
)
@click.option(
    "--seed", default=1, show_default=True, help="The same one makes the same dossiers on the same day."
)
@click.option("--service", default="", help="Code of the one service that gets them all.")
def generate(dossiers: int, seed: int, service: str) -> None:
    """Add many invented dossiers to a demonstration; refuse while another process uses its database."""
    settings = settings_or_exit()
    if not settings.demonstration:
        refuse("invented data never goes into production.")
    from app.demonstration import bulk_dossiers, bulk_services
    from app.services.operations import services_loading
    from app.storage import bulk
    from app.storage.database import clock

    open_reference(settings)
    with _database():
        services_loading.add_missing()
        try:
            bulk_dossiers.generate(
                dossiers, seed, clock(), service, lambda done: click.echo(f"{done} of {dossiers}")
            )
        except bulk_services.NoSuchService as refusal:
            refuse(str(refusal))
        except bulk.InUse:
            refuse("the database is in use. Stop the web server and every worker, then try again.")


@cli.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--worker/--no-worker", default=True, help="With a worker, or the web server alone.")
def serve(bind: str, worker: bool) -> None:
    """Run the web server and one worker until Ctrl-C; a worker that ends is started again."""
    settings = settings_or_exit()
    if not os.environ.get("ORIGIN"):
        settings = replace(settings, origin=origin_of(bind) or settings.origin)
    bind_migrated(settings)
    _refuse_gaps(settings)
    if not settings.demonstration:
        _hint_first_administrator()
    sys.exit(served(bind, settings, worker))


def _refuse_gaps(settings: Settings) -> None:
    """Refuse to start production with invented people, or while a part of the country has no service."""
    from app import readiness
    from app.storage.database import database

    open_reference(settings)
    with database.connection_context():
        reasons = [*readiness.invented_people(settings), *readiness.missing_services(settings)]
    if reasons:
        refuse("\n".join(reasons))


def _hint_first_administrator() -> None:
    """Print how to invite the first administrator, as long as there is none."""
    from app.storage.database import database
    from app.storage.people import administration

    with database.connection_context():
        if not administration.any_administrator():
            click.echo("No administrator yet: python -m app.cli agents invite EMAIL --name NAME", err=True)


@cli.command()
def worker() -> None:
    """Send, print and check what is due in the outbox, until stopped. Several may run."""
    settings = settings_or_exit()
    from app import jobs, logs
    from app.factory import create_app
    from app.storage import database
    from app.storage.shared_clock import SharedClock

    logs.configure()
    bind_migrated(settings)
    _refuse_gaps(settings)
    with _schema_refusals():
        app = create_app(settings, SharedClock(0))
        database.bind(settings.database_url, jobs.STATEMENT_SECONDS)
        try:
            jobs.run(app, serving.stop_on_signals())
        except jobs.StillBusy:  # threads that hang would keep the interpreter from ending
            logging.shutdown()
            os._exit(0)


@cli.command()
@click.option("--retry", is_flag=True, help="Try everything that failed again, now.")
def outbox(retry: bool) -> None:
    """Show how much waits to be sent or printed and what failed, without personal data; exit with 1 if it needs you."""
    from app.storage import outbox_admin
    from app.storage.database import clock

    with _database():
        now = clock()
        if retry:
            click.echo(f"Due again: {outbox_admin.retry(now)}")
        found = outbox_admin.backlog()
    for line in found:
        click.echo(str(line))
    if stuck := sum(line.many for line in found if line.needs_operator(now)):
        click.echo(f"Warning: {stuck} of these need you.", err=True)
        sys.exit(1)


@cli.group()
def attestations() -> None:
    """List certificates that have to be issued, and rights that nothing will cover."""


@attestations.command()
@click.option("--days", default=UNCOVERED_SIGHT_DAYS, show_default=True, help="How far to look.")
def due(days: int) -> None:
    """Print each right that ends without a next one, and why; exit with code 1 if there is any."""
    from app.services.operations import rights
    from app.storage.database import clock

    with _database():
        found = rights.unfollowed(days, clock())
    for line in found:
        click.echo(str(line))
    if found:
        sys.exit(1)
    click.echo("Every right is followed.")


@contextmanager
def _database() -> Iterator[None]:
    from app.storage import database

    bind_migrated(settings_or_exit())
    with database.database.connection_context():
        yield


for command in (
    *(agents, assets, audit, backup, catalogues, check, drain),
    *(erasures, files, keys, mode, sessions, status),
):
    cli.add_command(command)


if __name__ == "__main__":
    cli()
