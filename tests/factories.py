"""Rows for tests: plain functions with defaults."""

import hashlib
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from app.domain import procedures
from app.domain.dossiers.states import State
from app.domain.journeys.questions import Case
from app.domain.rules.calendar import paris_day
from app.domain.text import fold
from app.services.access.passwords import hash_password
from app.services.applications import dossiers
from app.storage.files import FileStore
from app.storage.models import Account, Agent, Document, Dossier, Explanation, PhotoCode, Service
from tests.answers import ANSWERS
from tests.fixtures import NOON
from tests.on_offer import STUDENT_RENEWAL

BYTES = b"image"
store: FileStore | None = None  # of the application of the test
PASSWORD = "quatre saules au bord du canal"

_number = count(1)


def service(code: str = "69", city: str = "Lyon") -> Service:
    """The service of a département, or of the arrondissement that a code such as `69-2` names."""
    found = Service.get_or_none(Service.code == code)
    return found or Service.create(
        code=code,
        department=code.partition("-")[0],
        name=f"Service du séjour de {city}",
        city=city,
        collection_place=f"1 place du Test, {city}",
    )


def agent(of: Service | None = None, **columns: Any) -> Agent:
    """A member of a service."""
    place = next(_number)
    given = {
        "service": of or service(),
        "email": f"agent{place}@exemple.fr",
        "name": f"Agent {place}",
        "password_hash": hash_password(PASSWORD),
        "totp_secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    } | columns
    return Agent.create(**given, search=fold(given["name"], given["email"]))


def administrator(**columns: Any) -> Agent:
    """Somebody who looks after accounts and services, and belongs to none."""
    return agent(**{"service": None, "rank": "administrator"} | columns)


def identity(valid_until: date = date(2027, 2, 10), **changes: Any) -> dict[str, Any]:
    """What the permit register says of a person."""
    return {
        "foreign_number": f"99{next(_number):08d}",
        "surname": "Nguyễn",
        "given_names": "Thị Ánh",
        "usage_name": "",
        "sex": "F",
        "born_on": "2002-03-14",
        "birth_place": "Huế",
        "birth_country": "VNM",
        "nationality": "VNM",
        "permit_kind": "CST",
        "mention": "etudiant",
        "valid_from": (valid_until - timedelta(days=364)).isoformat(),
        "valid_until": valid_until.isoformat(),
    } | changes


def account(record: dict[str, Any] | None = None, **columns: Any) -> Account:
    """An applicant; inside the filing window on the day of the tests' clock."""
    record = record or identity()
    given = {
        "foreign_number": record["foreign_number"],
        "email": f"personne{next(_number)}@exemple.fr",
        "password_hash": hash_password(PASSWORD),
        "language": "fr",
        "identity": record,
        "created_at": NOON,
    }
    return Account.create(**given | columns)


def draft(of: Account | None = None, answers: dict[str, Any] | None = None, **columns: Any) -> Dossier:
    """An application begun; by default every question is answered and no document given."""
    owner = of or account()
    given = {
        "account": owner,
        "journey": STUDENT_RENEWAL.slug,
        "journey_version": STUDENT_RENEWAL.version,
        "state": str(State.DRAFT),
        "answers": ANSWERS if answers is None else answers,
        "identity": owner.identity,
        "created_at": NOON,
        "saved_at": NOON,
    }
    return Dossier.create(**given | columns)


def document(
    dossier: Dossier, slot: str, at: datetime = NOON, content: bytes = BYTES, **columns: Any
) -> Document:
    """A file received, its bytes in the store."""
    place = next(_number)
    if store:
        store.put(columns.get("key", f"test/{place}"), content)
    given = {
        "dossier": dossier,
        "slot": slot,
        "name": f"{slot}.jpg",
        "key": f"test/{place}",
        "media_type": "image/jpeg",
        "size": 1000,
        "pages": 1,
        "sha256": hashlib.sha256(content).hexdigest(),
        "scan": "clean",
        "received_at": at,
    }
    return Document.create(**given | columns)


def write(document: Document, content: bytes) -> None:
    """Give a file other bytes, as if they had been received."""
    assert store
    store.delete(document.key)
    store.put(document.key, content)
    Document.update(sha256=hashlib.sha256(content).hexdigest()).where(Document.id == document.id).execute()


def complete(dossier: Dossier, code: str = "7K2M9QXA41TBZC83WD6R5H", at: datetime = NOON) -> Dossier:
    """Give a draft everything it needs to be filed."""
    case = Case(dossier.answers, identity=dossier.identity, today=paris_day(at))
    for one in procedures.journey(dossier.journey, dossier.journey_version).needed(case):
        document(dossier, one.key, at)
    PhotoCode.create(dossier=dossier, code=code, state="ready", given_at=at, checked_at=at)
    return dossier


def filed(of: Account | None = None, at: datetime = NOON, code: str | None = None, **columns: Any) -> Dossier:
    """An application filed at an instant, through the service itself."""
    service()
    dossier = complete(draft(of, **columns), code or f"{next(_number):022d}", at)
    dossiers.submit(dossier, at)
    return Dossier.get_by_id(dossier.id)


def explanation(dossier: Dossier, slot: str, text: str = "Ma banque l’envoie sous dix jours.") -> Explanation:
    """Why a document is not there."""
    return Explanation.create(dossier=dossier, slot=slot, text=text, written_at=NOON)


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def today(at: datetime = NOON) -> date:
    """The day in Paris."""
    return paris_day(at)
