"""Queries on the searches that agents save; the agent is part of each query."""

from collections.abc import Sequence

from app.storage.models import SavedView


def of_agent(agent_id: int) -> Sequence[SavedView]:
    """Return the saved searches of an agent, by name."""
    return list(SavedView.select().where(SavedView.agent == agent_id).order_by(SavedView.name))


def owned_by(agent_id: int, number: int) -> SavedView:
    """Return a saved search of an agent by id; SavedView.DoesNotExist if it is a colleague's."""
    return SavedView.get((SavedView.agent == agent_id) & (SavedView.id == number))


def named(agent_id: int, name: str) -> SavedView | None:
    """Return a saved search of an agent by name, None if there is none."""
    return SavedView.get_or_none((SavedView.agent == agent_id) & (SavedView.name == name))
