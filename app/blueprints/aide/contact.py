"""Questions to a service, with or without an account, and the certificate of a blocked procedure."""

from typing import TYPE_CHECKING, Any

from flask import abort, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.blueprints import attachments
from app.domain.journeys.journey import Step
from app.domain.public_forms.asking import BLOCKED, DOSSIER, blocked_step, question_step
from app.domain.rules.identifiers import normal_email
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.presenters.applicants import blocked_sections
from app.presenters.wait_messages import retry_wait
from app.services.access.throttles import TooSoon
from app.services.certificates import printing
from app.services.conversations import blocked_declarations
from app.services.conversations import conversations as service
from app.services.conversations.conversations import Asked, Asker, TooManyMessages
from app.storage.applications import conversations as store
from app.storage.applications import dossiers
from app.web.access import browsers
from app.web.current import gateways, now
from app.web.http import downloads
from app.web.http.referring_page import page_before
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, render_form

if TYPE_CHECKING:
    from app.storage.models import Account, Conversation, Dossier

_SENT = "question"  # key in the cookie: number of the question just sent without an account


def _person() -> "Account | None":
    return getattr(current_user, "account", None)


def _dossier(person: "Account | None") -> "Dossier | None":
    """Return the person's application that the query names, None if it names none; 404 if not theirs."""
    reference = request.values.get("dossier", "")
    if not reference:
        return None
    return dossiers.owned(person.id, reference) if person else abort(404)


def write() -> Response:
    """Send a question to a service."""
    person = _person()
    about = _dossier(person)
    step = question_step(person is not None, about is not None or service.usual_service(person) is not None)
    known = {"topic": DOSSIER} if about else {}
    return _form("aide/write.html", step, known, about)


def blocked() -> Response:
    """Declare what cannot be done on line; the answer includes a certificate."""
    person = _person()
    step = blocked_step(person is not None, service.usual_service(person) is not None)
    return _form("aide/blocked.html", step, {}, None)


def _form(template: str, step: Step, known: dict[str, str], about: "Dossier | None") -> Response:
    context: dict[str, Any] = {"about": about, "at": now(), "most": LIMITS.max_joined}
    form = form_of(step, {"page": page_before(), **known})
    if not form.validate_on_submit():
        return render_form(template, form, **context)
    try:
        return _send(form, about)
    except TooSoon as soon:
        form.add_error("text", retry_wait(soon.until))
    except TooManyMessages:
        many = _(
            "Vous avez envoyé %(many)s messages aujourd’hui. Un agent les lira : écrivez de nouveau demain."
        )
        form.add_error("text", many % {"many": service.MOST_A_DAY})
    return render_form(template, form, 429, **context)


def _send(form: StepForm, about: "Dossier | None") -> Response:
    person, answers = _person(), form.answers
    asker = Asker(
        email=person.email if person else normal_email(answers["email"]),
        language=person.language if person else language(),
        account=person,
        postcode=answers.get("postcode", ""),
        origin=browsers.origin(),
    )
    where = answers.get("page", "")
    certificate = "tried" in answers
    asked = Asked(
        topic=BLOCKED if certificate else answers["topic"],
        text=answers["text"],
        page=where,
        dossier=about,
        blocked=blocked_declarations.facts_of_block(answers, asker, where, now()) if certificate else None,
    )
    kept = attachments.store_attachments(f"account {person.id}" if person else asker.origin.source)
    conversation = service.ask(asker, asked, kept, now())
    refus = attachments.refusal_key(kept) or None
    if person:
        return redirect(url_for("suivi.conversation", number=conversation.number, refus=refus), 303)
    session[_SENT] = conversation.number
    return redirect(url_for("aide.written", refus=refus), 303)


def written() -> Response:
    """Show the number of the question just sent without an account."""
    sent = _just_sent()
    return render_page(
        "aide/written.html",
        conversation=sent,
        stuck=printing.keeps_failing(sent),
        declared=blocked_sections.sections(sent, language()) if sent.blocked else (),
        refused=attachments.refusal_sentence(),
    )


def certificate() -> Response:
    """Send the certificate of a declaration without an account, to the browser that made it."""
    found = _just_sent()
    if found.blocked is None:
        abort(404)
    return downloads.printed(
        lambda: printing.read_paper(found, gateways().files),
        f"certificat-{found.number}.pdf",
        url_for("aide.written"),
    )


def _just_sent() -> "Conversation":
    return store.without_account(session.get(_SENT, "")) or abort(404)
