"""The texts that the agents' service keeps: list, write, change, delete; and the one that a form begins with."""

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.agent_forms.saved_texts import FULL, SAVED_TEXT, TAKEN, USE_TITLES
from app.forms.steps import StepForm
from app.services.staff import saved_texts as service
from app.storage.review import saved_texts as store
from app.web.current import agent, now
from app.web.pages.rendering import render_page
from app.web.posted import kept_forms
from app.web.posted.forms import form_fields, form_of, format_problem

if TYPE_CHECKING:
    from app.storage.models import SavedText

CHOSEN = "texte"  # names in a query the text that a form begins with


def texts() -> Response:
    """List the texts of the service."""
    kept = store.of_service(agent().service_id)
    by_use = [(title, [text for text in kept if text.use == use]) for use, title in USE_TITLES.items()]
    return render_page("instruction/texts.html", by_use=by_use)


def new_text() -> Response:
    """Write a text."""
    return _edit(None)


def text(number: int) -> Response:
    """Change a text."""
    return _edit(store.in_service(agent().service_id, number))


def drop_text(number: int) -> Response:
    """Delete a text."""
    service.drop(store.in_service(agent().service_id, number))
    return redirect(url_for("instruction.texts"), 303)


def chosen(use: str, question: str) -> str:
    """Return the text that the query chooses among those of the service for a use, "" without one.

    Chosen after something was typed and kept, it is what the question begins with.
    """
    wanted = request.args.get(CHOSEN, "")
    kept = store.of_service(agent().service_id, use) if wanted else ()
    text = next((str(found.text) for found in kept if str(found.id) == wanted), "")
    if text:
        kept_forms.choose({question: [text]})
    return text


def _edit(found: "SavedText | None") -> Response:
    form = form_of(SAVED_TEXT, {"use": found.use, "name": found.name, "text": found.text} if found else None)
    if form.validate_on_submit():
        try:
            service.keep(agent(), form.answers, now(), found)
        except service.NameTaken:
            form.add_error("name", format_problem(TAKEN))
        except service.TooMany:
            form.add_error("name", format_problem(FULL))
        else:
            return redirect(url_for("instruction.texts"), 303)
    return _page(form, found)


def _page(form: StepForm, found: "SavedText | None") -> Response:
    status = 422 if form.errors else 200
    return render_page("instruction/text.html", status, found=found, **form_fields(form))
