"""What every filed dossier has and a draft has not."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from app.domain.rules.search_words import of_person, of_reference
from app.storage.models import Dossier, Service
from app.storage.review import search


class NotFiled(Exception):
    """The dossier is a draft: nothing can be printed or written of it."""


@dataclass(frozen=True)
class Filing:
    """The filed part of a dossier."""

    reference: str
    service: str
    filed_on: date
    legal_answer_on: date | None
    sealed: dict[str, Any]


def filing(dossier: Dossier) -> Filing:
    """Read it; NotFiled for a draft."""
    if dossier.reference is None:
        raise NotFiled(dossier.id)
    return Filing(
        reference=dossier.reference,
        service=cast(Service, dossier.service).name,
        filed_on=cast(date, dossier.filed_on),
        legal_answer_on=dossier.legal_answer_on,
        sealed=cast(dict[str, Any], dossier.sealed),
    )


def index_for_search(dossier: Dossier) -> None:
    """Let the agents of its service find a filed dossier by the present name and numbers. Inside a transaction."""
    filed, identity = filing(dossier), dossier.identity
    person = of_person(identity["surname"], identity["given_names"], identity["foreign_number"])
    search.index(dossier.id, cast(int, dossier.service_id), person | of_reference(filed.reference))
