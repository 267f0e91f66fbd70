"""Giving many dossiers of the queue to one person: the form around the list, and what it is told after."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.domain.agent_forms.acts import COLLEAGUE, colleague_questions
from app.domain.dossiers.states import Role
from app.domain.journeys.journey import Step
from app.forms.steps import StepForm
from app.forms.views import FieldView, views
from app.services.staff.agents import roles_of
from app.storage.people import agents
from app.storage.review import queue
from app.web.current import agent
from app.web.forms import blank_form, form_of
from app.web.language import language

TICKED = "dossiers"
_PICK = re.compile(r"(\d{1,9})\.(\d{1,18})", re.ASCII)  # a dossier, and the last move that the page showed


@dataclass(frozen=True)
class Assigning:
    """The form: to whom, what was ticked, and what is wrong with the ticks."""

    field: FieldView
    ticked: Collection[str] = ()
    error: str = ""

    @property
    def wrong(self) -> list[FieldView]:
        """What the summary of errors names."""
        ticks = FieldView(TICKED, "boxes", _("Dossiers cochés"), error=self.error)
        return [one for one in (ticks, self.field) if one.error]


@dataclass(frozen=True)
class Result:
    """What came of it: how many are done, in whose hands, and those that somebody moved meanwhile."""

    done: int
    name: str
    left: int
    named: Sequence[Any]  # those of them that are still the service's


def form(typed: StepForm | None = None, ticked: Collection[str] = (), error: str = "") -> Assigning | None:
    """The form as supervisors see it; None for anybody else."""
    if Role.SUPERVISOR not in roles_of(agent()):
        return None
    (field,) = views(typed or blank_form(_step()), language())
    return Assigning(field, ticked, error)


def read() -> StepForm:
    """To whom."""
    typed = form_of(_step())
    typed.validate()
    return typed


def _step() -> Step:
    colleagues = agents.colleagues(agent().service_id)
    return Step("assign", "", "", colleague_questions(tuple((one.id, one.name) for one in colleagues)))


def picks(ticked: Sequence[str]) -> Mapping[int, int]:
    """The dossiers ticked, each with the last move that the page showed; a page of them at most."""
    found = [_PICK.fullmatch(one) for one in ticked[: queue.PAGE]]
    return {int(one[1]): int(one[2]) for one in found if one}


def told(to: int, done: int, left: Collection[int]) -> dict[str, str]:
    """What the address of the queue holds once it is done."""
    return {"confies": str(done), COLLEAGUE: str(to), "restes": ",".join(map(str, left))}


def result() -> Result | None:
    """What that address says, as far as it is the reader's to know."""
    done, to = request.args.get("confies", ""), request.args.get(COLLEAGUE, "")
    if not re.fullmatch(r"\d{1,3}_\d{1,9}", f"{done}_{to}", re.ASCII):
        return None
    colleague = agents.colleague(agent().service_id, int(to))
    left = re.findall(r"\b\d{1,9}\b", request.args.get("restes", "")[:1200], re.ASCII)[: queue.PAGE]
    named = queue.chosen(agent().service_id, list(map(int, left))) if left else ()
    return Result(int(done), colleague.name, len(left), named) if colleague else None
