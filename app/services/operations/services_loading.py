"""Loading of a deployment's services (prefectures, sub-prefectures) into its database; it can be repeated."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from app.reference.offices import Office, standard
from app.storage.database import database
from app.storage.models import Service
from app.storage.people import services as store


@dataclass(frozen=True)
class Loaded:
    """The codes of the services that a load added, changed and closed."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def load(offices: Iterable[Office]) -> Loaded:
    """Make the active services exactly these offices.

    A service that is no longer listed is closed, never deleted: its agents finish its applications, new ones go to the
    prefecture.
    """
    result = Loaded()
    with database.atomic():
        existing = store.all_services()
        for office in offices:
            columns = asdict(office) | {"active": True}
            row = existing.pop(office.code, None)
            if row is None:
                Service.create(**columns)
                result.added.append(office.code)
            elif any(getattr(row, name) != value for name, value in columns.items()):
                Service.update(**columns).where(Service.id == row.id).execute()
                result.changed.append(office.code)
        for row in existing.values():
            if row.active:
                Service.update(active=False).where(Service.id == row.id).execute()
                result.closed.append(row.code)
    return result


def add_missing() -> Loaded:
    """Add the prefectures that the database lacks and leave the existing ones unchanged."""
    result = Loaded()
    with database.atomic():
        existing = store.all_services()
        for office in standard():
            if office.code not in existing:
                Service.create(**asdict(office))
                result.added.append(office.code)
    return result


def missing() -> list[str]:
    """Return the codes of prefectures that are absent or closed: no application can be filed there."""
    existing = store.all_services()
    return [
        office.code
        for office in standard()
        if office.code not in existing or not existing[office.code].active
    ]
