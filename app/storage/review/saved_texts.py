"""Queries on the texts that a service keeps; the service is part of each query."""

from collections.abc import Sequence

from app.storage.models import Agent, SavedText


def of_service(service_id: int, use: str = "") -> Sequence[SavedText]:
    """Return the texts of a service, of one use or of all, by name, each with its last author."""
    wanted = (SavedText.service == service_id) & ((SavedText.use == use) if use else True)
    rows = SavedText.select(SavedText, Agent).join(Agent).where(wanted)
    return list(rows.order_by(SavedText.use, SavedText.name))


def in_service(service_id: int, number: int) -> SavedText:
    """Return a text of a service; SavedText.DoesNotExist if it is another's."""
    return SavedText.get((SavedText.id == number) & (SavedText.service == service_id))
