"""Assignment of several dossiers of the queue to a colleague: the form around the list, and its result."""

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
_PICK = re.compile(r"(\d{1,9})\.(\d{1,18})", re.ASCII)  # ids of a dossier and of its last transition shown


@dataclass(frozen=True)
class Assigning:
    """The form: the field of the colleague, the ticked dossiers, and the error of the ticks."""

    field: FieldView
    ticked: Collection[str] = ()
    error: str = ""

    @property
    def wrong(self) -> list[FieldView]:
        """The fields in error, for the error summary."""
        ticks = FieldView(TICKED, "boxes", _("Dossiers cochés"), error=self.error)
        return [field for field in (ticks, self.field) if field.error]


@dataclass(frozen=True)
class Result:
    """The result: how many were assigned, and how many changed meanwhile and were not."""

    done: int
    name: str  # of the colleague
    left: int
    named: Sequence[Any]  # the dossiers left that still belong to the service


def form(typed: StepForm | None = None, ticked: Collection[str] = (), error: str = "") -> Assigning | None:
    """Return the form for supervisors, None for other agents."""
    if Role.SUPERVISOR not in roles_of(agent()):
        return None
    (field,) = views(typed or blank_form(_step()), language())
    return Assigning(field, ticked, error)


def read() -> StepForm:
    """Return the submitted form, validated."""
    typed = form_of(_step())
    typed.validate()
    return typed


def _step() -> Step:
    colleagues = agents.colleagues(agent().service_id)
    options = tuple((colleague.id, colleague.name) for colleague in colleagues)
    return Step("assign", "", "", colleague_questions(options))


def picks(ticked: Sequence[str]) -> Mapping[int, int]:
    """Return the ids of the ticked dossiers, at most a page, with that of the last transition shown."""
    found = [_PICK.fullmatch(box) for box in ticked[: queue.PAGE]]
    return {int(pick[1]): int(pick[2]) for pick in found if pick}


def result_query(to: int, done: int, left: Collection[int]) -> dict[str, str]:
    """Return the query that `result` reads after the redirect."""
    return {"confies": str(done), COLLEAGUE: str(to), "restes": ",".join(map(str, left))}


def result() -> Result | None:
    """Return the result that the query holds, None without one; only dossiers of the agent's service are named."""
    done, to = request.args.get("confies", ""), request.args.get(COLLEAGUE, "")
    if not re.fullmatch(r"\d{1,3}_\d{1,9}", f"{done}_{to}", re.ASCII):
        return None
    colleague = agents.colleague(agent().service_id, int(to))
    left = re.findall(r"\b\d{1,9}\b", request.args.get("restes", "")[:1200], re.ASCII)[: queue.PAGE]
    named = queue.chosen(agent().service_id, list(map(int, left))) if left else ()
    return Result(int(done), colleague.name, len(left), named) if colleague else None
