"""Texts that a service keeps, at most MOST of them; every agent of it may change them."""

from datetime import datetime
from typing import Any

from peewee import IntegrityError

from app.storage.database import database, row_lock
from app.storage.models import Agent, SavedText, Service
from app.storage.review import saved_texts as store

MOST = 100


class TooMany(Exception):
    """Raised when the service has MOST texts already."""


class NameTaken(Exception):
    """Raised when another text of the service for the same use has this name."""


def keep(agent: Agent, answers: dict[str, Any], now: datetime, text: SavedText | None = None) -> None:
    """Save a new text, or another version of one, with the answers of its form. Raises TooMany, NameTaken."""
    columns = {key: answers[key] for key in ("use", "name", "text")} | {"agent": agent, "at": now}
    try:
        with database.atomic():
            row_lock(Service.select(Service.id).where(Service.id == agent.service_id)).get()
            if text:
                SavedText.update(columns).where(SavedText.id == text.id).execute()
                return
            if len(store.of_service(agent.service_id)) >= MOST:
                raise TooMany
            SavedText.create(service=agent.service_id, **columns)
    except IntegrityError:
        raise NameTaken from None


def drop(text: SavedText) -> None:
    """Delete a text; do nothing if it is deleted already."""
    with database.atomic():
        SavedText.delete().where(SavedText.id == text.id).execute()
