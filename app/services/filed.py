"""The columns that only a filed dossier has, and its entry in the agents' search index."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from app.domain.journeys.questions import Case
from app.domain.rules.search_words import of_papers, of_person, of_reference
from app.storage.models import Dossier, Service
from app.storage.review import search


class NotFiled(Exception):
    """Raised for a draft: it has no reference, service or sealed answers to print."""


@dataclass(frozen=True)
class Filing:
    """The columns of a filed dossier, none of them null; `sealed` has the answers as they were filed, by question."""

    reference: str
    service: str
    filed_on: date
    legal_answer_on: date | None
    sealed: dict[str, Any]


def filing(dossier: Dossier) -> Filing:
    """Return the filed part of a dossier. Raises NotFiled for a draft."""
    if dossier.reference is None:
        raise NotFiled(dossier.id)
    return Filing(
        reference=dossier.reference,
        service=cast(Service, dossier.service).name,
        filed_on=cast(date, dossier.filed_on),
        legal_answer_on=dossier.legal_answer_on,
        sealed=cast(dict[str, Any], dossier.sealed),
    )


def case_of(dossier: Dossier) -> Case:
    """Return the answers and identity of a filed dossier as the case of its procedure, on the day of filing."""
    return Case(dossier.sealed, today=dossier.filed_on or date.max, identity=dossier.identity)


def index_for_search(dossier: Dossier) -> None:
    """Index a filed dossier for its service: reference, the applicant's present name, numbers, birth and address.

    Call it inside the transaction that changes them. Raises NotFiled for a draft.
    """
    filed, identity = filing(dossier), dossier.identity
    person = of_person(
        identity["surname"],
        f"{identity['given_names']} {identity.get('latin_name', '')}",
        identity["foreign_number"],
    )
    papers = of_papers(
        identity.get("born_on", ""), dossier.account.email, filed.sealed.get("passport_number", "")
    )
    search.index(dossier.id, cast(int, dossier.service_id), person | papers | of_reference(filed.reference))


def index_account(account_id: int) -> None:
    """Index every filed dossier of an applicant again, after their address changed."""
    for dossier in Dossier.select().where(
        (Dossier.account == account_id) & Dossier.reference.is_null(False) & Dossier.service.is_null(False)
    ):
        index_for_search(dossier)
