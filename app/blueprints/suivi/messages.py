"""An applicant's conversations with services."""

from typing import TYPE_CHECKING

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from app.blueprints import attachments
from app.domain.public_forms.asking import REPLY, TOPIC_TITLES
from app.domain.rules.calendar import days_since
from app.domain.rules.parameters import UNANSWERED_DAYS
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.presenters.applicants import blocked_sections
from app.presenters.applicants.open_request import open_request
from app.services.certificates import printing
from app.services.conversations import conversations as service
from app.services.conversations.conversations import TooManyMessages
from app.storage.applications import audit
from app.storage.applications import conversations as store
from app.web.current import account, gateways, now, today
from app.web.http import downloads
from app.web.http.scan_progress import scan_progress
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, render_form

if TYPE_CHECKING:
    from datetime import datetime

    from app.storage.models import Conversation

MOST_READINGS = 500  # latest readings searched


def conversations() -> Response:
    """List the applicant's conversations, the latest first."""
    return render_page(
        "suivi/conversations.html",
        rows=[
            (asked, days_since(asked.waits_since, today()) if asked.waits_since else 0)
            for asked in store.of_account(account().id)
        ],
        topics=TOPIC_TITLES,
    )


def conversation(number: str) -> Response:
    """Show one conversation, or add a message to it (POST)."""
    found = store.owned(account().id, number)
    form = form_of(REPLY)
    if not form.validate_on_submit():
        return _shown(found, form)
    kept = attachments.store_attachments(f"account {account().id}")
    try:
        service.add(found, form.answers["text"], kept, now())
    except TooManyMessages:
        many = _(
            "Vous avez envoyé %(many)s messages aujourd’hui. Un agent les lira : écrivez de nouveau demain."
        )
        form.add_error("text", many % {"many": service.MOST_A_DAY})
        return _shown(found, form, 429)
    refus = attachments.refusal_key(kept) or None
    return redirect(url_for("suivi.conversation", number=number, refus=refus, _anchor="fin"), 303)


def _shown(found: "Conversation", form: StepForm, status: int = 200) -> Response:
    said = store.messages(found.id)
    return render_form(
        "suivi/conversation.html",
        form,
        status,
        conversation=found,
        stuck=bool(found.blocked) and printing.keeps_failing(found),
        declared=blocked_sections.sections(found, language()) if found.blocked else (),
        asked=open_request(found.dossier) if found.dossier else None,
        topic=TOPIC_TITLES[found.topic],
        days=days_since(found.waits_since, today()) if found.waits_since else 0,
        old=UNANSWERED_DAYS,
        read_at=_read_at(found),
        said=said,
        verifying=store.verifying(said),
        refused=attachments.refusal_sentence(),
        most=LIMITS.max_joined,
        file_endpoint="suivi.attachment",
    )


def _read_at(found: "Conversation") -> "datetime | None":
    """Return when the service opened the unanswered question; None if it did not, or outside a dossier."""
    if found.dossier_id is None or found.waits_since is None:
        return None
    at = audit.last_read(found.dossier_id, found.id, MOST_READINGS)
    return at if at and at >= found.waits_since else None


def attachment(number: str, file: int) -> Response:
    """Send a file attached to one of the messages; 404 until it was scanned."""
    found = store.attachment(store.owned(account().id, number).id, file)
    return downloads.show(found)


def attachment_scan(number: str, file: int) -> Response:
    """Tell the page of a message whether its file is verified."""
    found = store.attachment(store.owned(account().id, number).id, file)
    return scan_progress(found, found.message.at)


def certificate(number: str) -> Response:
    """Send the certificate of a blocked procedure, or redirect to the page until it is printed."""
    found = store.owned(account().id, number)
    if found.blocked is None:
        abort(404)
    return downloads.printed(
        lambda: printing.read_paper(found, gateways().files),
        f"certificat-{number}.pdf",
        url_for("suivi.conversation", number=number),
    )
