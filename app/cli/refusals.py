"""Refusals of the command line: each reason on its own line, and exit code 2."""

import sys
from typing import NoReturn

import click

from app.settings import Misconfigured, Settings


def refuse(reasons: str) -> NoReturn:
    """Print each line of `reasons` as a refusal, and exit with code 2."""
    for reason in reasons.splitlines():
        click.echo(f"Refused: {reason}", err=True)
    sys.exit(2)


def settings_or_exit() -> Settings:
    """Return the settings, or refuse with everything that is wrong with them."""
    from app import deployment

    try:
        return deployment.read_settings()
    except Misconfigured as refusal:
        refuse(str(refusal))


def bind_reachable(settings: Settings) -> None:
    """Open the database, or refuse with the error of its driver."""
    from app.keys import KeyPurpose, Keyring
    from app.storage import database, sealing

    sealing.bind(Keyring(settings.keyring).of(KeyPurpose.AUTHENTICATORS))
    try:
        database.bind_reachable(settings.database_url)
    except database.Unreachable as refusal:
        refuse(f"the database of DATABASE_URL does not open: {refusal}")


def origin_of(bind: str) -> str:
    """Return the origin of a web server that listens on `bind`, or refuse if its port is none."""
    from app import serving

    try:
        return serving.origin_of(bind)
    except serving.BadBind as refusal:
        refuse(f"--bind {bind}: {refusal}")


def served(bind: str, settings: Settings, worker: bool) -> int:
    """Serve on `bind` until a signal and return the exit code, or refuse if nothing can listen there."""
    from app import serving

    try:
        return serving.serve(bind, settings, worker=worker)
    except serving.BadBind as refusal:
        refuse(f"--bind {bind}: {refusal}")
