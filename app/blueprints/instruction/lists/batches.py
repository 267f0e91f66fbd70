"""One act on several dossiers of the queue: the ticks, the page that asks once, the result by dossier."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.blueprints.instruction import timeline_text
from app.blueprints.instruction.acts import GONE, colleagues
from app.blueprints.instruction.lists import list_place, queue
from app.blueprints.instruction.lists.list_place import LIST, TICKED, ListPlace
from app.domain.actions import AGENT_ACTIONS
from app.domain.actions.action import AgentAction
from app.domain.agent_forms.acts import COLLEAGUE
from app.domain.agent_forms.form import ServiceContext, SharedForm
from app.domain.dossiers.states import STATE_TITLES, State
from app.domain.journeys.journey import Step
from app.domain.text import N_
from app.forms.steps import StepForm
from app.services.decisions import batches
from app.services.decisions.acts import NotAColleague
from app.services.decisions.batches import Left
from app.services.review.transition_conditions import conditions_of
from app.services.staff.agents import roles_of
from app.storage.review import dossier_view, queue_lines
from app.storage.review import queue as store
from app.web.current import agent, now, service
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import address, render_page
from app.web.posted.forms import blank_form, form_fields, form_of, format_problem

ACTION = "acte"
_PICK = re.compile(r"(\d{1,9})\.(\d{1,18})", re.ASCII)  # ids of a dossier and of its last transition shown
DONE = re.compile(r"\b\d{1,9}\b", re.ASCII)
_LEFT = re.compile(rf"\b(\d{{1,9}})([{''.join(Left)}])\b", re.ASCII)
LONGEST = 1300  # of a hundred numbers

REASONS = {
    Left.CHANGED: N_("Quelqu’un est passé avant vous."),
    Left.IMPOSSIBLE: N_("Cet acte n’est pas possible dans l’état de ce dossier."),
    Left.NO_PHOTO: N_(
        "Son e-photo n’est pas arrivée : ouvrez le dossier pour la demander, ou continuer sans elle."
    ),
    Left.NO_PRINTS: N_(
        "Votre service prend les empreintes avant : ouvrez le dossier pour inviter l’usager, ou continuer sans."
    ),
    Left.GONE: N_("Ce dossier n’est plus de votre service."),
}

_CONTEXT = ServiceContext(colleagues=colleagues)


@dataclass(frozen=True)
class Line:
    """One dossier of a batch: its address in the list, its state, and why it is left, "" if it is not."""

    dossier: Any
    address: str
    state_title: str
    why: str = ""
    last: str = ""  # what happened last to a dossier that changed meanwhile


def batch() -> Response:
    """Ask once for an act on the ticked dossiers (GET), or perform it on each (POST)."""
    action = AGENT_ACTIONS.get(request.values.get(ACTION, ""))
    if action is None or action.batch is None:
        abort(404)
    sent = request.form if request.method == "POST" else request.args
    picks = picks_of(sent.getlist(TICKED))
    if not picks:
        return queue.whole(_("Cochez au moins un dossier de la liste."), 422)
    step = _step(action, action.batch)
    if request.method == "GET":
        return _page(action, picks, blank_form(step, _proposed(action.batch)))
    form = form_of(step)
    if not form.validate():
        return _page(action, picks, form, 422)
    try:
        outcome = batches.perform_all(action, agent(), picks, form.answers, now())
    except NotAColleague:
        form.add_error(COLLEAGUE, format_problem(GONE))
        return _page(action, picks, form, 422)
    result = {
        ACTION: action.key,
        "faits": ",".join(map(str, outcome.done)),
        "restes": ",".join(f"{dossier_id}{why}" for dossier_id, why in outcome.left.items()),
        LIST: list_place.current().value,
    }
    return redirect(address("instruction.batch_result", **result), 303)


def batch_result() -> Response:
    """Show which dossiers an act was done on, and which not and why; only those of the service are named."""
    action = AGENT_ACTIONS.get(request.args.get(ACTION, ""))
    if action is None:
        abort(404)
    done = [int(found) for found in DONE.findall(request.args.get("faits", "")[:LONGEST])]
    left = {int(key): Left(why) for key, why in _LEFT.findall(request.args.get("restes", "")[:LONGEST])}
    lines = _lines(list_place.current(), [*done[: store.PAGE], *list(left)[: store.PAGE]], left)
    return render_page(
        "instruction/batch_result.html",
        action=action,
        done=[line for line in lines if not line.why],
        left=[line for line in lines if line.why],
        unnamed=len(done) + len(left) - len(lines),
        list=list_place.current(),
    )


def picks_of(ticked: Sequence[str]) -> Mapping[int, int]:
    """Return the ids of the ticked dossiers, at most a page, with that of the last transition shown."""
    found = [_PICK.fullmatch(box) for box in ticked[: store.PAGE]]
    return {int(pick[1]): int(pick[2]) for pick in found if pick}


def _step(action: AgentAction, form: SharedForm) -> Step:
    return Step(action.key, action.words.button, action.words.sentence, form.questions(_CONTEXT))


def _proposed(form: SharedForm) -> dict[str, Any]:
    """Return what the form begins with: the usual collection place, where it asks for one."""
    asked = {question.key for question in form.questions(_CONTEXT)}
    return {key: value for key, value in {"place": service().collection_place}.items() if key in asked}


def _page(action: AgentAction, picks: Mapping[int, int], form: StepForm, status: int = 200) -> Response:
    """Return the page of the form, with the dossiers that the act is possible on and those it is not."""
    roles, lines, left = roles_of(agent()), [], {}
    for dossier in queue_lines.chosen(agent().service_id, list(picks)):
        possible = action.is_possible(State(dossier.state), roles)
        if not possible or not conditions_of(dossier, agent(), now()).allow(action):
            left[dossier.id] = Left.IMPOSSIBLE
    lines = _lines(list_place.current(), list(picks), left)
    return render_page(
        "instruction/batch.html",
        status,
        action=action,
        lines=[(line, picks[line.dossier.id]) for line in lines if not line.why],
        left=[line for line in lines if line.why],
        list=list_place.current(),
        here=f"{address('instruction.batch')}?{urlencode(_query(action, picks))}",
        **form_fields(form),
    )


def _query(action: AgentAction, picks: Mapping[int, int]) -> list[tuple[str, str]]:
    """Return the query of this page, which stays its own after an error."""
    ticks = [(TICKED, f"{dossier_id}.{seen}") for dossier_id, seen in picks.items()]
    return [(ACTION, action.key), (LIST, list_place.current().value), *ticks]


def _lines(shown: ListPlace, ids: Sequence[int], left: Mapping[int, Left]) -> list[Line]:
    dossiers = queue_lines.chosen(agent().service_id, ids)
    last = dossier_view.last_events([key for key, why in left.items() if why is Left.CHANGED])
    happened = {key: timeline_text.format_event(event).sentence for key, event in last.items() if event}
    return described(shown, dossiers, {key: REASONS[why] for key, why in left.items()}, happened)


def described(
    shown: ListPlace, dossiers: Sequence[Any], why: Mapping[int, str], last: Mapping[int, str] | None = None
) -> list[Line]:
    """Return the lines of dossiers, with why each is left and what happened last to it, by its id."""
    return [
        Line(
            dossier,
            shown.address_of(dossier),
            STATE_TITLES[State(dossier.state)],
            why.get(dossier.id, ""),
            (last or {}).get(dossier.id, ""),
        )
        for dossier in dossiers
    ]
