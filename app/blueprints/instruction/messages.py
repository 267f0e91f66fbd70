"""Conversations of an agent's service: the open questions, answers, and messages that an agent writes first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.blueprints import attachments
from app.blueprints.instruction import saved_texts
from app.blueprints.instruction.papers import paper_title
from app.domain.agent_forms.saved_texts import Use
from app.domain.public_forms.asking import ANSWER, HIRING, TOPIC_TITLES, WRITE
from app.domain.rules.calendar import days_since
from app.domain.rules.parameters import UNANSWERED_DAYS
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.presenters.applicants import blocked_sections
from app.services.conversations import attachments as stored
from app.services.conversations import conversations as service
from app.services.conversations.conversations import StaleConversation
from app.services.review import access_log, papers
from app.services.review.papers import Paper
from app.storage.applications import conversations as store
from app.storage.applications import dossiers
from app.storage.review import saved_texts as texts
from app.web.current import agent, gateways, now, today
from app.web.http import downloads
from app.web.http.scan_progress import scan_progress
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_fields, form_of

if TYPE_CHECKING:
    from app.storage.models import Conversation, Dossier

JOINED = "joindre"  # keys of the papers of the dossier that a message takes along


def questions() -> Response:
    """List the open questions, the longest waiting first, then those answered last."""
    mine = agent().service_id
    return render_page(
        "instruction/questions.html",
        waits=store.how_many(mine),
        waiting=[(asked, days_since(asked.waits_since, today())) for asked in store.waiting(mine)],
        answered=store.answered(mine),
        topics=TOPIC_TITLES,
        old=UNANSWERED_DAYS,
        me=agent(),
        done="fait" in request.args,
    )


def question(number: str) -> Response:
    """Show one conversation, or answer it (POST); 409 if a message came meanwhile."""
    if store.in_service(agent().service_id, number).topic == HIRING:
        return redirect(url_for("instruction.hiring", number=number), 303)
    form = form_of(ANSWER, {"text": saved_texts.chosen(Use.MESSAGE, "text")})
    if request.method == "GET":
        found = access_log.open_conversation(agent(), number, now())
        return _shown(found, form)
    found = store.in_service(agent().service_id, number)
    if not form.validate():
        return _shown(found, form, 422)
    # Without an account the answer is an e-mail, which carries no files.
    kept = (
        attachments.store_attachments(f"agent {agent().id}") if found.account else stored.StoredAttachments()
    )
    last = request.form.get("last", "")
    try:
        seen = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else 0
        service.answer(found, agent(), form.answers["text"], kept, seen, now())
    except StaleConversation:
        return _shown(access_log.open_conversation(agent(), number, now()), form, 409)
    if kept.refused:
        return redirect(
            url_for("instruction.question", number=number, refus=attachments.refusal_key(kept)), 303
        )
    return redirect(url_for("instruction.questions", fait=1), 303)


def _shown(found: "Conversation", form: StepForm, status: int = 200) -> Response:
    said = store.messages(found.id)
    return render_page(
        "instruction/question.html",
        status,
        conversation=found,
        topic=TOPIC_TITLES[found.topic],
        said=said,
        verifying=store.verifying(said),
        last=said[-1].id,
        meanwhile=status == 409,
        waits=days_since(found.waits_since, today()) if found.waits_since else None,
        old=UNANSWERED_DAYS,
        declared=list(blocked_sections.sections(found, language())) if found.blocked else (),
        **form_fields(form),
        refused=attachments.refusal_sentence(),
        most=LIMITS.max_joined,
        file_endpoint="instruction.question_file",
        texts=texts.of_service(agent().service_id, Use.MESSAGE),
    )


def write(reference: str) -> Response:
    """Write to the applicant of a dossier without being asked."""
    found = dossiers.in_service(agent().service_id, reference)
    form = form_of(WRITE, {"text": saved_texts.chosen(Use.MESSAGE, "text")})
    offered = [paper for paper in papers.of_dossier(found) if paper.printed]
    chosen = [paper for paper in offered if paper.key in request.values.getlist(JOINED)]
    if not form.validate_on_submit():
        return _write_page(found, form, offered, chosen)
    kept = _with_papers(attachments.store_attachments(f"agent {agent().id}"), chosen)
    begun = service.write(found, agent(), form.answers["text"], kept, now())
    refus = attachments.refusal_key(kept) or None
    return redirect(url_for("instruction.question", number=begun.number, refus=refus), 303)


def _with_papers(kept: stored.StoredAttachments, chosen: Sequence[Paper]) -> stored.StoredAttachments:
    with kept.dropped_on_error():
        copies = papers.attach(chosen, gateways().files, now())
    return replace(kept, files=(*kept.files, *copies))


def _write_page(
    found: "Dossier", form: StepForm, offered: Sequence[Paper], chosen: Sequence[Paper]
) -> Response:
    return render_page(
        "instruction/write.html",
        422 if form.errors else 200,
        dossier=found,
        texts=texts.of_service(agent().service_id, Use.MESSAGE),
        papers=[(paper, paper_title(paper), paper in chosen) for paper in offered],
        **form_fields(form),
        most=LIMITS.max_joined,
    )


def question_file(number: str, file: int) -> Response:
    """Send a file attached to one of the messages; 404 until it was scanned."""
    found = store.attachment(store.in_service(agent().service_id, number).id, file)
    return downloads.show(found)


def question_file_scan(number: str, file: int) -> Response:
    """Tell the page of a message whether its file is verified."""
    found = store.attachment(store.in_service(agent().service_id, number).id, file)
    return scan_progress(found, found.message.at)
