"""Traces of a demonstration in a database: its people have passwords and codes that are published."""

from app.storage.models import Account, Agent

DOMAIN = "exemple.fr"  # of the address of everybody whom a demonstration invents, and of nobody else


def invented() -> dict[str, int]:
    """Count the invented accounts and agents of a database, by kind."""
    return {
        "applicants": Account.select().where(Account.email.endswith(f"@{DOMAIN}")).count(),
        "agents": Agent.select().where(Agent.email.endswith(f"@{DOMAIN}")).count(),
    }
