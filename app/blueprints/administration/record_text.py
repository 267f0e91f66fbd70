"""The record of administration as sentences for a page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.agent_forms.administration import ADMIN_ACTION_TITLES, SERVICE_TEXTS, AdminAction
from app.domain.dossiers.ranks import RANK_TITLES, Rank
from app.storage.people import services as offices
from app.web.localisation.language import gettext as _


@dataclass(frozen=True)
class Line:
    """One recorded change of an account or a service, with its details before and after."""

    at: datetime
    by: str
    title: str
    subject: Any
    service: Any
    details: tuple[tuple[str, str, str], ...]  # name, before, after


def lines(records: Iterable[Any]) -> list[Line]:
    """Format records of administration as lines of a page."""
    names = {code: service.name for code, service in offices.all_services().items()}
    return [
        Line(
            record.at,
            record.agent.name if record.agent_id else _("Exploitant, par un terminal"),
            ADMIN_ACTION_TITLES[AdminAction(record.deed)],
            record.subject if record.subject_id else None,
            record.service if record.service_id else None,
            tuple(_details(record.facts, names)),
        )
        for record in records
    ]


def _details(facts: dict[str, Any], names: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if "rank" in facts:
        before = facts.get("rank_before", "")
        yield _("Rang"), _rank(before) if before else "", _rank(facts["rank"])
        was, is_now = (names.get(facts.get(key, ""), "") for key in ("service_before", "service"))
        if was != is_now:
            yield _("Service"), was, is_now or _("aucun")
    for question in SERVICE_TEXTS.questions:
        if question.key in facts:
            was, is_now = facts[question.key]
            yield _(question.label), was, is_now or _("rien")


def _rank(key: str) -> str:
    return _(RANK_TITLES[Rank(key)])
