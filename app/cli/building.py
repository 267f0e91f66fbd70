"""`python -m app.cli assets` and `catalogues`: what is built once before the service starts."""

import os
from pathlib import Path

import click

from app.cli.refusals import refuse, settings_or_exit


@click.command()
def assets() -> None:
    """Prepare the style sheet, the scripts, the look-up tables and the pages that the proxy shows by itself."""
    settings = settings_or_exit()
    from app.reference import building
    from app.web.pages import assets as static
    from app.web.pages import proxy_pages
    from app.web.pages.colours import UnreadableColour

    try:
        static.build(Path(settings.static_dir), settings)
    except UnreadableColour as refusal:
        refuse(f"COLOUR_ACCENT or COLOUR_ACCENT_DARK: {refusal}")
    building.build(Path(settings.reference_dir))
    proxy_pages.build(settings)


@click.command()
def catalogues() -> None:
    """Compile the catalogue of each language; a translation that would break a page is left out, and named."""
    from app.settings import Settings
    from app.web.localisation import catalogues as translations

    settings, _problems = Settings.read(os.environ)
    for path in sorted(Path(settings.translations_dir).glob("*/LC_MESSAGES/messages.po")):
        for sentence in translations.compile_catalogue(path):
            click.echo(
                f"{path.parent.parent.name}: « {sentence} » would break a page, and is shown in French"
            )
