"""`python -m app.cli status`: the state of the service, part by part, as /readyz tells it."""

import json
import sys

import click

from app.cli.refusals import bind_reachable, settings_or_exit


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
def status(as_json: bool) -> None:
    """Print each part; exit with 2 while filing is impossible, with 1 if a part is to be looked at, with 0 otherwise."""
    settings = settings_or_exit()
    from app.factory import create_app
    from app.services.operations import state
    from app.storage.database import connected
    from app.web.operators import health

    bind_reachable(settings)
    app = create_app(settings)
    with app.app_context(), connected():
        parts = health.present()
    ready = state.ready(parts)
    if as_json:
        told = {part.name: {"ok": part.ok, "says": part.says} for part in parts}
        click.echo(json.dumps({"ready": ready, "parts": told}, ensure_ascii=False))
    else:
        for part in parts:
            click.echo(f"{'ok  ' if part.ok else 'LOOK'} {part.name:14} {part.says}")
        click.echo("A person can file." if ready else "Nobody can file now.")
    sys.exit(2 if not ready else 0 if all(part.ok for part in parts) else 1)
