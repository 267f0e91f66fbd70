"""What every filed dossier has and a draft has not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from app.domain.text import fold
from app.storage.models import Dossier, Service


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


def search_words(identity: Mapping[str, Any], reference: str) -> str:
    """What agents find a dossier by."""
    return fold(identity["surname"], identity["given_names"], reference, identity["foreign_number"])
