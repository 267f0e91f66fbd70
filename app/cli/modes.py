"""`python -m app.cli mode`, `drain`: what the service takes in, and a machine taken out."""

import click

from app.cli.agents import Database


@click.command()
@click.argument("wanted", required=False, type=click.Choice(["open", "read-only", "maintenance"]))
@click.pass_obj
def mode(database: Database, wanted: str | None) -> None:
    """Print or set what all machines take in, within seconds: everything, readings alone, nothing."""
    from app.services.operations import modes
    from app.storage.database import clock

    with database():
        if wanted:
            modes.set_mode(modes.Mode(wanted), clock())
        click.echo(modes.mode())


@click.command()
@click.option("--off", is_flag=True, help="Take it in again.")
def drain(off: bool) -> None:
    """Take this machine out: balancers send it no visitor any more, its workers begin nothing; it goes on answering."""
    from app.services.operations import modes

    modes.drain(not off)
    click.echo("drained" if modes.drained() else "open")
