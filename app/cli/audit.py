"""`python -m app.cli audit`: verifying the hash chains of the audit record."""

import sys
from typing import TextIO

import click

from app.cli.agents import Database


@click.group()
def audit() -> None:
    """Verify the hash chains of the audit record, and print their heads."""


@audit.command()
@click.option("--heads", type=click.File(encoding="utf-8"), help="Heads noted earlier, to be found again.")
@click.pass_obj
def verify(database: Database, heads: TextIO | None) -> None:
    """Verify every chain; print each broken one and exit with code 1."""
    from app.services.operations import audit_check

    with database():
        found = [*audit_check.broken_chains(), *(audit_check.missing_chains(heads) if heads else ())]
    for chain in found:
        click.echo(f"Broken: dossier {chain.dossier_id}, {chain.reason}")
    if found:
        sys.exit(1)
    click.echo("Whole.")


@audit.command("heads")
@click.pass_obj
def print_heads(database: Database) -> None:
    """Print the head of each chain, to keep outside the database for `verify --heads`."""
    from app.services.operations import audit_check

    with database():
        for line in audit_check.chain_heads():
            click.echo(line)
