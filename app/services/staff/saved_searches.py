"""Searches that an agent keeps under a name: their own, few enough to stay a list."""

from app.storage.database import database
from app.storage.models import Agent, SavedView
from app.storage.people import agents
from app.storage.review import saved_searches as store

MOST = 12


class TooMany(Exception):
    """The agent keeps MOST searches already."""


class NameTaken(Exception):
    """Another search of the agent has this name."""


def keep(agent: Agent, name: str, query: dict[str, str]) -> SavedView:
    """Keep a search; `query` is what its address holds, as the page that reads it wrote it."""
    with database.atomic():
        agents.lock(agent.id)
        if len(store.of_agent(agent.id)) >= MOST:
            raise TooMany
        _free(agent, name)
        return SavedView.create(agent=agent, name=name, query=query)


def rename(agent: Agent, search: SavedView, name: str) -> None:
    """Give a search another name."""
    with database.atomic():
        agents.lock(agent.id)
        _free(agent, name, search.id)
        SavedView.update(name=name).where(SavedView.id == search.id).execute()


def drop(search: SavedView) -> None:
    """Forget a search; a second time, it is forgotten already."""
    with database.atomic():
        SavedView.delete().where(SavedView.id == search.id).execute()


def _free(agent: Agent, name: str, own: int = 0) -> None:
    taken = store.named(agent.id, name)
    if taken is not None and taken.id != own:
        raise NameTaken
