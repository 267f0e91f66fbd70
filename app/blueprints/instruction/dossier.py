"""One dossier on one page: the document chosen, large, beside the answers it has to prove, and all the rest."""

from collections.abc import Sequence
from typing import Any

from flask import abort, request
from werkzeug.wrappers import Response

from app.blueprints.instruction import acts
from app.blueprints.instruction import timeline_text as words
from app.blueprints.instruction.viewer import viewer
from app.domain.actions.review import ASK
from app.domain.agent_forms.acts import NOTE as NOTE_STEP
from app.domain.dossiers.complements import marks_for
from app.domain.dossiers.decisions import OUTCOME_TITLES
from app.domain.dossiers.states import STATE_TITLES
from app.domain.public_forms.asking import TOPIC_TITLES
from app.domain.rules.calendar import days_since
from app.domain.rules.parameters import UNANSWERED_DAYS
from app.domain.text import N_
from app.forms.steps import StepForm
from app.presenters.answers import format_answer
from app.presenters.applicants.stepper import identity_rows
from app.presenters.decision_view import decision_view, silence
from app.presenters.notice_words import CERTIFICATES
from app.presenters.reasons import format_reasons
from app.services.applications.applicant_overview import journey_of
from app.services.review import access_log, changes_since_filing
from app.services.review.dossier_view import DossierView
from app.services.review.requested_documents import RequestedDocument
from app.storage.applications import attestations, audit, conversations, decision_letters
from app.storage.review import dossier_view
from app.web import downloads
from app.web.current import agent, now, today
from app.web.forms import blank_form, form_fields
from app.web.language import language
from app.web.rendering import render_page

MOST_READINGS = 500
NO_PHOTO = N_("Aucun code donné")


def dossier(reference: str) -> Response:
    """One dossier, as the address asks to see it."""
    review = access_log.open_dossier(agent(), reference, now())
    return whole(review, review.requested_document(request.args.get("piece", "")))


def whole(
    review: DossierView,
    requested: RequestedDocument | None,
    status: int = 200,
    note: StepForm | None = None,
    stale: bool = False,
) -> Response:
    """The page of a dossier; `note` is what was typed in the form of its notes, with what is wrong with it."""
    return render_page(
        "instruction/dossier.html",
        status,
        **document(review, requested, stale),
        **_read(review),
        **_beside(review),
        **form_fields(note or blank_form(NOTE_STEP)),
        done=acts.just_done(review),
    )


def document(review: DossierView, requested: RequestedDocument | None, stale: bool = False) -> dict[str, Any]:
    """What the list of documents and the one being read need; `stale` once it changed under the agent's eyes."""
    return {
        "review": review,
        "dossier": review.dossier,
        "requested": requested,
        "viewer": viewer(review.dossier.reference or "", requested, request.args) if requested else None,
        "proved": _proved(review, requested),
        "marks": marks_for(bool(requested.files), requested.letter) if requested else (),
        "mark_titles": words.MARK_TITLES,
        "look": words.look,
        "photo_title": words.PHOTO_STATES.get(review.photo.state, "") if review.photo else NO_PHOTO,
        "can_ask": ASK in review.actions,
        "say": format_reasons,
        "stale": stale,
        "me": agent(),
    }


def _proved(review: DossierView, requested: RequestedDocument | None) -> Sequence[tuple[Any, str]]:
    if requested is None:
        return ()
    return [
        (question, format_answer(question, value, language())) for question, value in review.proved(requested)
    ]


def _read(review: DossierView) -> dict[str, Any]:
    """The dossier itself: who, what they answered, where it stands."""
    return {
        "sections": [
            (step, [(q, format_answer(q, value, language())) for q, value in rows if q.required or value])
            for step, rows in review.journey.rows(review.dossier.sealed)
        ],
        "left": review.days_left(today()),
        "overdue": review.overdue(today()),
        "identity": identity_rows(review.dossier.identity),
        "correction": review.dossier.sealed.get("identity_error", ""),
        "history": words.history(review.events),
        "openers": words.openers(audit.readings(review.dossier.id, MOST_READINGS)),
        "state_titles": STATE_TITLES,
        "state_title": STATE_TITLES[review.state],
        "tag": words.tag(review.state),
        "replies": words.REPLIES,
    }


def _beside(review: DossierView) -> dict[str, Any]:
    """What was changed since it was filed, what else the person asked, what was issued, what agents noted."""
    dossier_id = review.dossier.id
    return {
        "changes": changes_since_filing.since_filing(review, agent(), now()),
        "corrected": words.corrected,
        "files_changed": words.files_changed,
        "others": [(one, journey_of(one)) for one in dossier_view.others(agent().service_id, review.dossier)],
        "questions": [
            (one, days_since(one.waits_since, today()) if one.waits_since else None)
            for one in conversations.of_dossier(dossier_id)
        ],
        "topics": TOPIC_TITLES,
        "old": UNANSWERED_DAYS,
        "decision": decision_view(review.dossier, review.events),
        "papers": decision_letters.of_dossier(dossier_id),
        "outcome_titles": OUTCOME_TITLES,
        "silence": silence(review.dossier, today()),
        "certificates": attestations.listed(dossier_id),
        "certificate_titles": CERTIFICATES,
        "notes": dossier_view.notes(dossier_id),
    }


def file(reference: str, document: int) -> Response:
    """A file of a dossier of one's own service, or its preview."""
    if "apercu" in request.args:  # a part of the page, whose opening is recorded
        found = dossier_view.document(agent().service_id, reference, document)
        return downloads.show(found, preview=True) if found.preview_key else abort(404)
    return downloads.show(access_log.open_file(agent(), reference, document, now()), preview=False)
