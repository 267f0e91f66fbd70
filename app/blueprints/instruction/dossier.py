"""The agents' page of a dossier: a document beside the answers that it proves, and everything else."""

from collections.abc import Sequence
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from app.blueprints.instruction import acts, timeline_text
from app.blueprints.instruction.lists import list_place
from app.blueprints.instruction.viewer import viewer
from app.domain.actions.review import ASK
from app.domain.agent_forms.acts import NOTE as NOTE_STEP
from app.domain.dossiers.appointments import PURPOSE_TITLES, purposes
from app.domain.dossiers.complements import marks_for
from app.domain.dossiers.decisions import OUTCOME_TITLES
from app.domain.dossiers.endings import RECEIPTS
from app.domain.dossiers.standing_words import unanswered_desk
from app.domain.dossiers.states import STATE_TITLES
from app.domain.public_forms.asking import TOPIC_TITLES
from app.domain.rules.calendar import days_since
from app.domain.rules.parameters import UNANSWERED_DAYS
from app.forms.steps import StepForm
from app.presenters.answers import reviewed_answer
from app.presenters.applicants.stepper import identity_rows
from app.presenters.appointments import views as appointment_views
from app.presenters.decision_view import decision_view
from app.presenters.notice_words import CERTIFICATE_WORDS
from app.presenters.reasons import format_reasons
from app.presenters.required_amounts import required_amounts
from app.presenters.staff import failed_work
from app.presenters.staff.appointment_words import WORDS as MEETING_WORDS
from app.presenters.standing_view import desk_view
from app.services.access.throttles import TooSoon
from app.services.applications.applicant_overview import journey_of
from app.services.filed import case_of
from app.services.review import access_log, changes_since_filing, papers
from app.services.review.dossier_view import DossierView
from app.services.review.requested_documents import RequestedDocument
from app.services.standing import standing_of
from app.storage import appointments
from app.storage.applications import attestations, audit, conversations, decision_letters
from app.storage.review import dossier_view
from app.web.current import agent, now, today
from app.web.http import downloads
from app.web.http.scan_progress import scan_progress
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields

MOST_READINGS = 500


def too_many(soon: TooSoon) -> Response:
    """Refuse a further dossier after too many within an hour; the supervisor was told."""
    return render_page("instruction/too_many.html", 429, many=access_log.MOST_DOSSIERS, until=soon.until)


def dossier(reference: str) -> Response:
    """Show a dossier with the document that the query names, and record the reading."""
    review = access_log.open_dossier(agent(), reference, now())
    return whole(review, review.requested_document(request.args.get("piece", "")))


def whole(
    review: DossierView,
    requested: RequestedDocument | None,
    status: int = 200,
    note: StepForm | None = None,
    stale: bool = False,
) -> Response:
    """Return the page of a dossier; `note` is the submitted form of a note with its errors."""
    shown = list_place.current()
    return render_page(
        "instruction/dossier.html",
        status,
        list=shown,
        **document(review, requested, stale),
        **_dossier_context(review),
        **_side_context(review),
        **form_fields(note or blank_form(NOTE_STEP)),
        done=acts.just_done(review),
    )


def document(review: DossierView, requested: RequestedDocument | None, stale: bool = False) -> dict[str, Any]:
    """Return the context of the list of documents and the viewer; `stale` if the document changed meanwhile."""
    before, after = list_place.current().neighbours()
    return {
        "before": before,
        "after": after,
        "review": review,
        "spoken": review.dossier.account.language,
        "dossier": review.dossier,
        "requested": requested,
        "viewer": viewer(review.dossier.reference or "", requested, request.args) if requested else None,
        "proved": _proved(review, requested),
        "marks": marks_for(bool(requested.files), requested.letter) if requested else (),
        "mark_titles": timeline_text.MARK_TITLES,
        "look": timeline_text.look,
        "photo": timeline_text.photo_mark(review.photo) if review.photo else None,
        "can_ask": ASK in review.actions,
        "format_reasons": format_reasons,
        "stale": stale,
        "me": agent(),
    }


def _proved(review: DossierView, requested: RequestedDocument | None) -> Sequence[tuple[Any, str]]:
    if requested is None:
        return ()
    return [
        (question, reviewed_answer(question, value, review.dossier.sealed, language()))
        for question, value in review.proved(requested)
    ]


def _dossier_context(review: DossierView) -> dict[str, Any]:
    """Return the context of the dossier itself: identity, answers, history, state."""
    sealed = review.dossier.sealed
    stand = standing_of(review.dossier, today())
    return {
        "sections": [
            (
                step,
                [
                    (q, reviewed_answer(q, value, sealed, language()))
                    for q, value in rows
                    if q.required or value
                ],
            )
            for step, rows in review.journey.rows(sealed)
        ],
        "sufficiency": required_amounts(review.journey, case_of(review.dossier)),
        "desk": desk_view(stand),
        "silence": stand.silence,
        "unanswered": unanswered_desk(past=review.overdue(today()) > 0),
        "overdue": review.overdue(today()),
        "identity": identity_rows(review.dossier.identity),
        "correction": review.dossier.sealed.get("identity_error", ""),
        "history": timeline_text.history(review.events, review.dossier.account.language),
        "openers": timeline_text.openers(audit.readings(review.dossier.id, MOST_READINGS)),
        "state_titles": STATE_TITLES,
        "state_title": STATE_TITLES[review.state],
        "tag": timeline_text.tag(review.state),
        "replies": timeline_text.REPLIES,
    }


def _side_context(review: DossierView) -> dict[str, Any]:
    """Return the context around it: changes since filing, other dossiers, questions, decision, certificates, notes."""
    dossier_id = review.dossier.id
    return {
        "changes": changes_since_filing.since_filing(review, agent(), now()),
        "corrected": timeline_text.corrected,
        "files_changed": timeline_text.files_changed,
        "others": [
            (other, journey_of(other)) for other in dossier_view.others(agent().service_id, review.dossier)
        ],
        "questions": [
            (question, days_since(question.waits_since, today()) if question.waits_since else None)
            for question in conversations.of_dossier(dossier_id)
        ],
        "topics": TOPIC_TITLES,
        "meetings": appointment_views(appointments.of_dossier(dossier_id), now()),
        "inviting": purposes(review.state, review.dossier.with_card),
        "purpose_titles": PURPOSE_TITLES,
        **MEETING_WORDS,
        "time_asked": review.time_asked_days(today()),
        "old": UNANSWERED_DAYS,
        "decision": decision_view(review.dossier, review.events),
        "application": papers.application(review.dossier),
        "papers": decision_letters.of_dossier(dossier_id),
        "outcome_titles": OUTCOME_TITLES,
        "certificates": attestations.listed(dossier_id),
        **CERTIFICATE_WORDS,
        "receipts": RECEIPTS,
        "notes": dossier_view.notes(dossier_id),
        "failed": failed_work.of_dossier(dossier_id),
    }


def file(reference: str, document: int) -> Response:
    """Send a file of a dossier of the agent's service, or a page of it as a picture, and record the reading."""
    if "page" not in request.args:
        return downloads.show(access_log.open_file(agent(), reference, document, now()))
    found = access_log.open_page(agent(), reference, document, now())
    return downloads.show_page(found, request.args.get("page", 0, type=int), f"agent {agent().id}")


def file_scan(reference: str, document: int) -> Response:
    """Tell the page of a document whether its file is verified."""
    found = dossier_view.received(agent().service_id, reference, document)
    return scan_progress(found, found.received_at)
