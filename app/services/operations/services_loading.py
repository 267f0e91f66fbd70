"""Put the services of a deployment into its database, as often as one likes."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from app.reference.offices import Office, standard
from app.storage.database import database
from app.storage.models import Service
from app.storage.people import services as store


@dataclass(frozen=True)
class Loaded:
    """What a load did, by code of service."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def load(offices: Iterable[Office]) -> Loaded:
    """Make the services exactly these.

    One that is no longer listed is closed, never deleted: its agents finish the applications that it has, new ones go
    to the prefecture.
    """
    done = Loaded()
    with database.atomic():
        there = store.all_services()
        for office in offices:
            wanted = asdict(office) | {"active": True}
            row = there.pop(office.code, None)
            if row is None:
                Service.create(**wanted)
                done.added.append(office.code)
            elif any(getattr(row, name) != value for name, value in wanted.items()):
                Service.update(**wanted).where(Service.id == row.id).execute()
                done.changed.append(office.code)
        for row in there.values():
            if row.active:
                Service.update(active=False).where(Service.id == row.id).execute()
                done.closed.append(row.code)
    return done


def add_missing() -> Loaded:
    """Add the prefectures that are not there, and touch nothing that is."""
    done = Loaded()
    with database.atomic():
        there = store.all_services()
        for office in standard():
            if office.code not in there:
                Service.create(**asdict(office))
                done.added.append(office.code)
    return done


def missing() -> list[str]:
    """The prefectures that take no applications: somebody could file to nobody."""
    there = store.all_services()
    return [one.code for one in standard() if one.code not in there or not there[one.code].active]
