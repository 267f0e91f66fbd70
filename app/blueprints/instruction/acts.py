"""Agents' actions on a dossier, as domain.actions declares them: one view for all."""

from dataclasses import replace

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from app.blueprints.instruction import saved_texts
from app.blueprints.instruction.decisions import grounds, head_of, preview
from app.blueprints.instruction.timeline_text import format_event
from app.domain.actions import AGENT_ACTIONS
from app.domain.actions.action import AgentAction
from app.domain.actions.amending import AMEND_ANSWER
from app.domain.actions.card import ANNOUNCE, CORRECT_FEE
from app.domain.actions.extensions import MENTION
from app.domain.actions.review import AMEND, APPROVE, ASK
from app.domain.agent_forms.acts import COLLEAGUE
from app.domain.agent_forms.amending import AMENDED
from app.domain.agent_forms.certificates import REVOCATION_DONE
from app.domain.agent_forms.form import Answers, Colleagues, FormContext
from app.domain.agent_forms.requesting import ASKED, DUE_DAYS
from app.domain.agent_forms.saved_texts import Use
from app.domain.dossiers import decisions
from app.domain.dossiers.complements import OWN_WORDS, PHOTO_DOCUMENT
from app.domain.dossiers.states import STATE_TITLES, ForbiddenTransition
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import PHOTO
from app.domain.rules.parameters import COMPLEMENT_DAYS
from app.domain.text import N_, Problem
from app.forms.steps import StepForm
from app.presenters.notice_words import CERTIFICATES
from app.services.applications.corrections import StillWrong
from app.services.certificates import endings
from app.services.certificates.attestations import fee_of
from app.services.certificates.endings import Unsettled
from app.services.decisions import performing
from app.services.decisions.acts import Act, NotAColleague, Unchanged
from app.services.decisions.decision_letters import Paragraphs
from app.services.filed import case_of
from app.services.review import access_log
from app.services.review import dossier_view as reading
from app.services.review.dossier_view import DossierView
from app.storage.applications.dossiers import StaleDossier
from app.storage.people import agents
from app.storage.review import saved_texts as texts
from app.web.current import agent, now, service, today
from app.web.pages.rendering import address, render_page
from app.web.posted import kept_forms
from app.web.posted.forms import blank_form, form_fields, form_of, format_problem

GONE = Problem(N_("Cette personne n’est plus de votre service. Choisissez quelqu’un d’autre."))
AS_IT_WAS = Problem(N_("La décision dit déjà cela : corrigez le titre, la mention ou une date."))


def act(reference: str, action: str) -> Response:
    """Show the form of an action (GET), or perform it (POST); 409 if it is no longer possible."""
    declared = AGENT_ACTIONS.get(action)
    if declared is None:
        abort(404)
    if request.method == "POST":
        review = reading.view_dossier(agent(), reference, now())
        return _do(reference, review, declared, declared.step(_context(review)))
    review = access_log.open_dossier(agent(), reference, now())
    if declared not in review.actions:
        return _not_possible(review, declared)
    step = declared.step(_context(review))
    return _form(review, declared, blank_form(step, _proposed(review, declared)))


def _context(review: DossierView) -> FormContext:
    """Return what the questions of an action depend on."""

    documents = tuple(requested.document for requested in review.requested_documents)
    if review.photo:
        documents = (PHOTO_DOCUMENT, *documents)
    return FormContext(
        journey=review.journey,
        documents=documents,
        colleagues=lambda: colleagues(review.dossier.agent_id),
        answers=review.dossier.sealed or {},
        photo_missing=review.photo_missing,
        prints_missing=review.prints_missing,
        fee=lambda: (review.dossier.card or {}).get("amount", fee_of(review.dossier, today())),
        certified=lambda: bool(endings.in_force(review.dossier, today())),
    )


def colleagues(present: int | None = None) -> Colleagues:
    """Return the members of the service that can be put in charge, except the present agent."""
    everybody = agents.colleagues(agent().service_id)
    return tuple((colleague.id, colleague.name) for colleague in everybody if colleague.id != present)


def _do(reference: str, review: DossierView, action: AgentAction, step: Step) -> Response:
    form = form_of(step)
    seen = request.form.get("seen", "")[:18]
    doing = Act(agent(), now(), int(seen) if seen.isdecimal() else 0)
    if (
        doing.seen != review.seen or action not in review.actions
    ):  # before validation: it can no longer be sent
        return _not_possible(review, action, changed=doing.seen != review.seen)
    if not form.validate():
        return _form(review, action, form)
    if "apercu" in request.form and action.outcome:
        letter = preview(review, action, action.form.arguments(form.answers))
        return _form(review, action, form, letter)
    try:
        performing.perform(action, review.dossier, doing, form.answers)
    except (
        StaleDossier,
        ForbiddenTransition,
        Unsettled,
    ):  # since it was read; unsettled: a certificate was issued
        return _not_possible(reading.view_dossier(agent(), reference, now()), action, changed=True)
    except NotAColleague:
        form.add_error(COLLEAGUE, format_problem(GONE))
        return _form(review, action, form)
    except Unchanged:
        form.add_error("ends", format_problem(AS_IT_WAS))
        return _form(review, action, form)
    except StillWrong as wrong:
        form.add_error(form.answers[AMENDED], format_problem(next(iter(wrong.problems.values()))))
        return _form(review, action, form)
    return redirect(address("instruction.dossier", reference=reference, fait=action.key), 303)


def _proposed(review: DossierView, action: AgentAction) -> Answers:
    """Return the initial values of an action's form: usual collection place, fee, decision, marked documents."""
    known: Answers = {}
    if action is ANNOUNCE:
        known = {
            "place": service().collection_place,
            "amount": fee_of(review.dossier, today()),
        }
    if action is APPROVE:
        known = decisions.proposed(review.journey, replace(case_of(review.dossier), today=today()))
    if action is CORRECT_FEE:
        known = {"amount": _context(review).fee()}
    if action is AMEND:
        known = review.dossier.decision or {}
    if action is MENTION:
        known = {"mention": review.dossier.work_mention or ""}
    if action is AMEND_ANSWER:
        known = review.dossier.sealed or {}
    if action is ASK:
        known = _from_marks(review)
    return known


def _from_marks(review: DossierView) -> Answers:
    """Return a request for the documents marked as wrong or missing, with the reasons, for the agent to check."""
    faults = {requested.key: requested.fault for requested in review.requested_documents}
    if review.photo:
        faults[PHOTO] = "photo_missing" if review.photo.fault else ""
    piece = request.args.get("piece", "")
    text = saved_texts.chosen(Use.REQUEST, f"{piece}_words")
    ticked = [key for key, fault in faults.items() if fault or key == piece]
    reasons = {f"{key}_reason": faults[key] for key in ticked}
    if piece in ticked:
        kept_forms.choose({ASKED: [piece]})
        if text:
            reasons |= {f"{piece}_reason": OWN_WORDS, f"{piece}_words": text}
            kept_forms.choose({f"{piece}_reason": [OWN_WORDS]})
    return {ASKED: ticked, DUE_DAYS: str(COMPLEMENT_DAYS), **reasons}


def _form(
    review: DossierView, action: AgentAction, form: StepForm, letter: Paragraphs | None = None
) -> Response:
    return render_page(
        "instruction/act.html",
        422 if form.errors else 200,
        review=review,
        dossier=review.dossier,
        action=action,
        **form_fields(form),
        reasons=action.form.reasons(_context(review)),
        piece=request.args.get("piece", ""),
        texts=texts.of_service(agent().service_id, Use.REQUEST) if action is ASK else (),
        laws=decisions.LAWS,
        seen=request.form.get("seen", review.seen),
        letter=letter,
        letter_head=head_of(review) if letter else None,
        in_force=endings.in_force(review.dossier, today()) if action.settles else (),
        certificate_titles=CERTIFICATES,
        **(grounds(review) if action is APPROVE else {}),
    )


def _not_possible(review: DossierView, action: AgentAction, changed: bool = False) -> Response:
    """Return the 409 page of an action that is not possible, with the last event.

    `changed` says that the dossier did since the agent's page; else it may be as that page showed it.
    """
    last = [event for event in review.events if event.id == review.seen]
    return render_page(
        "instruction/conflict.html",
        409,
        review=review,
        dossier=review.dossier,
        action=action,
        changed=changed,
        tried=request.method == "POST",
        state_title=STATE_TITLES[review.state],
        last=format_event(last[0]) if last else None,
    )


def just_done(review: DossierView) -> str:
    """Return the sentence that confirms an action, "" unless it is the agent's own and the last transition."""
    done = request.args.get("fait", "")
    if done in REVOCATION_DONE:
        own = any(event.action == done and event.agent_id == agent().id for event in review.events)
        return REVOCATION_DONE[done] if own else ""
    action = AGENT_ACTIONS.get(done)
    last = next((event for event in review.events if event.id == review.seen), None)
    if action is None or last is None:
        return ""
    return action.words.done if (last.action, last.agent_id) == (action.key, agent().id) else ""
