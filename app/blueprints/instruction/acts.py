"""The acts of an agent: one address, driven by the table of transitions; a form where words are needed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.instruction.decisions import beside, head_of, motive, preview
from app.blueprints.instruction.timeline_text import told
from app.domain.agent_forms.acts import ACTS, ANNOUNCEMENT, COLLEAGUE, WITHHOLDING, hands_step
from app.domain.agent_forms.deciding import CLOSURE, REOPENING, grant_step, refusal_step
from app.domain.agent_forms.requesting import ASKED, DUE_DAYS, NO_TIME, TIME_ANSWER, request_step
from app.domain.dossiers import decisions
from app.domain.dossiers.complements import REASONS, reason
from app.domain.dossiers.states import STATE_TITLES, ForbiddenTransition
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Option
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.domain.text import N_, Problem
from app.forms import steps as forms
from app.forms.views import flat, views
from app.services.decisions import instruction
from app.services.decisions.decision_letters import Paragraphs
from app.services.decisions.instruction import Act, NotAColleague
from app.services.review import access_log
from app.services.review import dossier_view as reading
from app.services.review.dossier_view import DossierView
from app.storage.applications.dossiers import StaleDossier
from app.storage.people import agents
from app.web.current import agent, now, service, today
from app.web.language import language
from app.web.rendering import render_page

Answers = dict[str, Any]
GONE = Problem(N_("Cette personne n’est plus de votre service. Choisissez quelqu’un d’autre."))


def _hands(action: str) -> Callable[[DossierView], Step]:
    """The form of an act that puts somebody else in charge."""

    def step(review: DossierView) -> Step:
        present = review.dossier.agent_id
        colleagues = agents.colleagues(agent().service_id)
        return hands_step(action, tuple((one.id, one.name) for one in colleagues if one.id != present))

    return step


STEPS: dict[str, Callable[[DossierView], Step]] = {
    "ask": lambda review: request_step(tuple(piece.document for piece in review.pieces)),
    "approve": lambda review: grant_step(review.journey),
    "refuse": lambda review: refusal_step(review.journey),
    "close": lambda review: CLOSURE,
    "reopen": lambda review: REOPENING,
    "answer_time": lambda review: TIME_ANSWER,
    "withhold": lambda review: WITHHOLDING,
    "announce": lambda review: ANNOUNCEMENT,
    "assign": _hands("assign"),
    "pass_on": _hands("pass_on"),
}


# What the applicant can be told, ready, shown under the form.
READY: dict[str, Callable[[DossierView], tuple[Option, ...]]] = {
    "ask": lambda review: REASONS,
    "refuse": lambda review: decisions.refusals(review.journey),
    "close": lambda review: decisions.CLOSURES,
}


def _reasons(answers: Answers) -> dict[str, str]:
    return {
        slot: reason(answers[f"{slot}_reason"], answers.get(f"{slot}_words", "")) for slot in answers[ASKED]
    }


RUNS: dict[str, Callable[[Any, Act, Answers], None]] = {
    "take": lambda dossier, act, answers: instruction.take(dossier, act),
    "ask": lambda dossier, act, answers: instruction.ask(
        dossier, act, _reasons(answers), int(answers[DUE_DAYS])
    ),
    "answer_time": lambda dossier, act, answers: instruction.answer_time(
        dossier,
        act,
        0 if answers[DUE_DAYS] == NO_TIME else int(answers[DUE_DAYS]),
        answers.get("reason", ""),
    ),
    "approve": lambda dossier, act, answers: instruction.approve(
        dossier, act, decisions.Granted.from_json(answers)
    ),
    "refuse": lambda dossier, act, answers: instruction.refuse(dossier, act, **motive(answers)),
    "close": lambda dossier, act, answers: instruction.close(dossier, act, **motive(answers)),
    "reopen": lambda dossier, act, answers: instruction.reopen(dossier, act, answers.get("reason", "")),
    "produce": lambda dossier, act, answers: instruction.produce(dossier, act),
    "withhold": lambda dossier, act, answers: instruction.withhold(dossier, act, answers["reason"]),
    "cover": lambda dossier, act, answers: instruction.cover(dossier, act),
    "announce": lambda dossier, act, answers: instruction.announce(
        dossier, act, answers["place"], answers["amount"]
    ),
    "hand_over": lambda dossier, act, answers: instruction.hand_over(dossier, act),
    "assign": lambda dossier, act, answers: instruction.assign(dossier, act, int(answers[COLLEAGUE])),
    "pass_on": lambda dossier, act, answers: instruction.pass_on(
        dossier, act, int(answers[COLLEAGUE]), answers.get("reason", "")
    ),
    "claim": lambda dossier, act, answers: instruction.claim(dossier, act),
}


def act(reference: str, action: str) -> Response:
    """GET says what the act does and asks what it needs; POST does it."""
    if action not in RUNS:
        abort(404)
    if request.method == "POST":
        review = reading.view_dossier(agent(), reference)
    else:
        review = access_log.open_dossier(agent(), reference, now())
    step = STEPS[action](review) if action in STEPS else None
    if request.method == "POST":
        return _do(reference, review, action, step)
    if not _possible(review, action):
        return conflict(review)
    return _form(review, action, step, _prefilled(review, action, step))


def _possible(review: DossierView, action: str) -> bool:
    return any(move.action == action for move in review.acts)


def _do(reference: str, review: DossierView, action: str, step: Step | None) -> Response:
    typed = forms.Reading({}, {})
    if step:
        typed = forms.read(step, request.form, Case({}, today=today()))
    seen = request.form.get("seen", "")[:18]
    doing = Act(agent(), now(), int(seen) if seen.isdecimal() else 0)
    if doing.seen != review.seen or not _possible(review, action):
        return conflict(review)  # told before the errors of a form that can no longer be sent
    if step and typed.errors:
        return _form(review, action, step, typed, 422)
    if "apercu" in request.form and action in decisions.OUTCOMES:
        return _form(review, action, step, typed, letter=preview(review, action, typed.answers))
    try:
        RUNS[action](review.dossier, doing, typed.answers)
    except (StaleDossier, ForbiddenTransition):
        return conflict(reading.view_dossier(agent(), reference))
    except NotAColleague:
        return _form(review, action, step, typed.with_error(COLLEAGUE, GONE), 422)
    return redirect(url_for("instruction.dossier", reference=reference, fait=action), 303)


def _prefilled(review: DossierView, action: str, step: Step | None) -> forms.Reading:
    """What the form proposes: the document being read, the usual place, the amount of the table."""
    known: Answers = {}
    if action == "announce":
        known = {
            "place": service().collection_place,
            "amount": instruction.card_fee(review.dossier, today()),
        }
    if action == "approve":
        known = decisions.proposed(review.journey, replace(reading.case_of(review.dossier), today=today()))
    if action == "ask":
        known = _from_marks(review)
    return forms.Reading({}, forms.shown(step, known) if step else {})


def _from_marks(review: DossierView) -> Answers:
    """Every document marked as wrong with its reason, every one that did not come: the agent reads over and sends."""
    faults = {piece.key: piece.fault for piece in review.pieces}
    ticked = [key for key, fault in faults.items() if fault or key == request.args.get("piece")]
    reasons = {f"{key}_reason": faults[key] for key in ticked}
    return {ASKED: ticked, DUE_DAYS: str(COMPLEMENT_DAYS), **reasons}


def _form(
    review: DossierView,
    action: str,
    step: Step | None,
    typed: forms.Reading,
    status: int = 200,
    letter: Paragraphs | None = None,
) -> Response:
    fields = views(step, typed.raw, language(), typed.errors) if step else ()
    return render_page(
        "instruction/act.html",
        status,
        review=review,
        dossier=review.dossier,
        action=action,
        words=ACTS[action],
        fields=fields,
        wrong=[field for field in flat(fields) if field.error],
        reasons=READY[action](review) if action in READY else (),
        laws=decisions.LAWS,
        seen=request.form.get("seen", review.seen),
        letter=letter,
        letter_head=head_of(review) if letter else None,
        has_letter=action in decisions.OUTCOMES,
        **(beside(review) if action == "approve" else {}),
    )


def conflict(review: DossierView) -> Response:
    """Somebody was faster, or the act is no longer possible: who did what, and when."""
    last = [event for event in review.events if event.id == review.seen]
    return render_page(
        "instruction/conflict.html",
        409,
        review=review,
        dossier=review.dossier,
        state_title=STATE_TITLES[review.state],
        last=told(last[0]) if last else None,
    )


def just_done(review: DossierView) -> str:
    """The sentence that confirms an act, right after it: only while it is the last move."""
    moves = [event for event in review.events if event.id == review.seen]
    action = request.args.get("fait", "")
    done = moves and moves[0].action == action and moves[0].agent_id == agent().id
    return ACTS[action].done if done and action in ACTS else ""
