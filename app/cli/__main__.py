"""Entry point of `python -m app.cli`."""

from app.cli.commands import cli

if __name__ == "__main__":
    cli()
