"""Why a command does not start: each reason on a line, and exit code 2."""

import sys
from typing import NoReturn

import click

from app.settings import Misconfigured, Settings


def refuse(reasons: str) -> NoReturn:
    """Say each reason on a line, and end with exit code 2."""
    for reason in reasons.splitlines():
        click.echo(f"Refused: {reason}", err=True)
    sys.exit(2)


def settings_or_exit() -> Settings:
    """Return the settings, or say everything that is wrong with them."""
    from app import deployment

    try:
        return deployment.read_settings()
    except Misconfigured as refusal:
        refuse(str(refusal))


def bind_reachable(settings: Settings) -> None:
    """Open the database, or say why it does not answer."""
    from app.storage import database

    try:
        database.bind_reachable(settings.database_url)
    except database.Unreachable as refusal:
        refuse(f"the database of DATABASE_URL does not open: {refusal}")


def origin_of(bind: str) -> str:
    """Return the address of what listens there, or say why nothing can."""
    from app import serving

    try:
        return serving.origin_of(bind)
    except RuntimeError as refusal:
        refuse(f"--bind {bind}: {refusal}")
