"""Queries on the searches that agents keep; whose they are is part of each."""

from collections.abc import Sequence

from app.storage.models import SavedView


def of_agent(agent_id: int) -> Sequence[SavedView]:
    """The searches of an agent, by name."""
    return list(SavedView.select().where(SavedView.agent == agent_id).order_by(SavedView.name))


def owned_by(agent_id: int, number: int) -> SavedView:
    """One of them; SavedView.DoesNotExist for a colleague's."""
    return SavedView.get((SavedView.agent == agent_id) & (SavedView.id == number))


def named(agent_id: int, name: str) -> SavedView | None:
    """The one that has a name."""
    return SavedView.get_or_none((SavedView.agent == agent_id) & (SavedView.name == name))
