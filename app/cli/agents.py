"""`python -m app.cli agents`: inviting the first administrator, and closing or listing agents' accounts."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import click
from email_validator import EmailNotValidError, validate_email

from app.domain.dossiers.ranks import Rank
from app.domain.rules.identifiers import normal_email

if TYPE_CHECKING:
    from app.services.staff.administration import AdminActor
    from app.storage.models import Service

# Opens the database of the deployment, or refuses if it is not migrated.
Database = Callable[[], AbstractContextManager[None]]
LONGEST_NAME = 80


@click.group()
def agents() -> None:
    """Agents' accounts: invite, close, list. Administrators can do the same on their pages."""


@agents.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues read it.")
@click.option("--rank", type=click.Choice([str(choice) for choice in Rank]), default=str(Rank.ADMINISTRATOR))
@click.option("--service", default="", help="Code of the service, such as 69; none for an administrator.")
@click.pass_obj
def invite(database: Database, email: str, name: str, rank: str, service: str) -> None:
    """Create an account that opens nothing yet, send the invitation to EMAIL, and print its link.

    An address whose invitation was not accepted yet gets a new one.
    """
    from app.services.access.refusals import AddressTaken
    from app.services.staff import administration
    from app.services.staff.administration import AdminActor, Place
    from app.settings import Settings
    from app.storage.database import clock

    _check(email, name, Rank(rank), service)
    with database():
        place = Place(Rank(rank), _service(service) if service else None)
        act = AdminActor(None, clock())
        try:
            _member, token = administration.invite(name.strip(), normal_email(email), place, act)
        except AddressTaken:
            token = _again(normal_email(email), act)
    click.echo("Invited. The letter leaves with the worker; its link, good once, for 72 hours:")
    click.echo(f"{Settings.from_env().origin.rstrip('/')}/fr/agents/invitation/{token}")


@agents.command()
@click.argument("email")
@click.pass_obj
def accept(database: Database, email: str) -> None:
    """Accept the account of EMAIL that one administrator gave, where no second person can on their pages."""
    from app.services.staff import acceptance
    from app.storage.database import clock
    from app.storage.people import administration as store

    with database():
        member = store.by_email(normal_email(email))
        if member is None:
            raise click.UsageError(f"nobody has the address {email}.")
        try:
            acceptance.accept(member, None, clock())
        except acceptance.NotTheirs:
            raise click.UsageError(f"the account of {email} waits for nobody.") from None
    click.echo("Accepted.")


@agents.command()
@click.argument("email")
@click.pass_obj
def close(database: Database, email: str) -> None:
    """Close the account of EMAIL, and end its sessions."""
    from app.services.staff import administration
    from app.services.staff.administration import AdminActor, NotNow
    from app.storage.database import clock
    from app.storage.people import administration as store

    with database():
        member = store.by_email(normal_email(email))
        if member is None:
            raise click.UsageError(f"nobody has the address {email}.")
        try:
            administration.close(member, AdminActor(None, clock()))
        except NotNow:
            raise click.UsageError(f"the access of {email} is closed already.") from None
    click.echo("Closed.")


@agents.command("list")
@click.pass_obj
def list_members(database: Database) -> None:
    """Print each account on a line: access, rank, service, address, name."""
    from app.storage.people import administration as store

    with database():
        for member in store.all_members():
            place = member.service.code if member.service else "-"
            click.echo(f"{store.access(member):8} {member.rank:14} {place:8} {member.email:32} {member.name}")


def _again(email: str, act: "AdminActor") -> str:
    from app.services.staff import administration
    from app.services.staff.administration import NotNow
    from app.storage.people import administration as store

    member = store.by_email(email)
    try:
        if member is not None:
            return administration.invite_again(member, act)
    except NotNow:
        pass
    raise click.UsageError(f"{email} has an account already: sign in, or invite another address.")


def _check(email: str, name: str, rank: Rank, service: str) -> None:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        raise click.UsageError(f"{email} is not an address.") from None
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise click.UsageError(f"--name has 1 to {LONGEST_NAME} letters.")
    if (rank is Rank.ADMINISTRATOR) == bool(service):
        raise click.UsageError("--service goes with an agent or a supervisor, and with them only.")


def _service(code: str) -> "Service":
    from app.storage.people import services

    found = services.all_services().get(code)
    if found is None:
        raise click.UsageError(f"no service has the code {code}.")
    return found
