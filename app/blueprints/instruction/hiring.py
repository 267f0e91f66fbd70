"""Checks of cards that employers ask the agents' service for: the list, and the answer to one."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.agent_forms.hiring import OUTCOME_TITLES, hiring_answer_step
from app.domain.dossiers.hiring import Outcome
from app.forms.steps import StepForm
from app.presenters.public import receipt_sections
from app.services.conversations.conversations import StaleConversation
from app.services.hiring import requests
from app.storage import hiring as store
from app.storage.applications import conversations
from app.web.current import agent, now, today
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, render_staff_form

if TYPE_CHECKING:
    from app.storage.models import HiringCheck


def hirings() -> Response:
    """List the checks that wait for an answer, the first due first, then those answered last."""
    mine = agent().service_id
    return render_page(
        "instruction/hirings.html",
        waits=store.how_many(mine),
        waiting=store.waiting(mine),
        answered=store.answered(mine),
        outcomes=OUTCOME_TITLES,
        today=today(),
        me=agent(),
        done="fait" in request.args,
    )


def hiring(number: str) -> Response:
    """Show one check, or answer it (POST); 409 if a colleague answered meanwhile."""
    found = store.in_service(agent().service_id, number)
    form = form_of(hiring_answer_step(found.answered_at is not None))
    if not form.validate_on_submit():
        return _shown(found, form)
    last = request.form.get("last", "")
    try:
        seen = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else 0
        requests.answer(found, agent(), form.answers, seen, now())
    except StaleConversation:
        return _shown(store.in_service(agent().service_id, number), form, 409)
    return redirect(url_for("instruction.hirings", fait=1), 303)


def _shown(found: "HiringCheck", form: StepForm, status: int = 200) -> Response:
    said = conversations.messages(int(found.conversation_id or 0))
    return render_staff_form(
        "instruction/hiring.html",
        form,
        status,
        check=found,
        conversation=found.conversation,
        outcome=OUTCOME_TITLES[Outcome(found.outcome)] if found.outcome else "",
        sections=list(receipt_sections.request_sections(found, language())),
        said=said,
        verifying=conversations.verifying(said),
        last=said[-1].id,
        meanwhile=status == 409,
        file_endpoint="instruction.question_file",
        today=today(),
    )
