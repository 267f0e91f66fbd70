"""Searches that an agent saves under a name, at most MOST of them."""

from app.storage.database import database
from app.storage.models import Agent, SavedView
from app.storage.people import agents
from app.storage.review import saved_searches as store

MOST = 12


class TooMany(Exception):
    """Raised when the agent has MOST searches already."""


class NameTaken(Exception):
    """Raised when another search of the agent has this name."""


def keep(agent: Agent, name: str, query: dict[str, str]) -> SavedView:
    """Save a search; `query` has the parameters of its address. Raises TooMany, NameTaken."""
    with database.atomic():
        agents.lock(agent.id)
        if len(store.of_agent(agent.id)) >= MOST:
            raise TooMany
        _require_free_name(agent, name)
        return SavedView.create(agent=agent, name=name, query=query)


def rename(agent: Agent, search: SavedView, name: str) -> None:
    """Rename a search. Raises NameTaken."""
    with database.atomic():
        agents.lock(agent.id)
        _require_free_name(agent, name, search.id)
        SavedView.update(name=name).where(SavedView.id == search.id).execute()


def drop(search: SavedView) -> None:
    """Delete a search; do nothing if it is deleted already."""
    with database.atomic():
        SavedView.delete().where(SavedView.id == search.id).execute()


def _require_free_name(agent: Agent, name: str, search_id: int = 0) -> None:
    existing = store.named(agent.id, name)
    if existing is not None and existing.id != search_id:
        raise NameTaken
