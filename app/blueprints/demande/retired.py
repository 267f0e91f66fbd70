"""The page of a procedure that is no longer on offer, and what is still saved in a draft of it."""

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Page
from app.forms.steps import form_class
from app.presenters.applicants.retired import retirement
from app.services.applications import dossiers
from app.storage.applications import dossiers as store
from app.web.current import account, now, today
from app.web.htmx import wants_fragment
from app.web.rendering import render_page


def retired_page(procedure: str) -> Response:
    """Return the page that says what to begin instead; 404 for an unknown address."""
    told = retirement(procedure) or abort(404)
    if wants_fragment():  # asked by a page opened before: the whole of it is out of date
        return Response("", headers={"HX-Redirect": url_for("demande.begin", procedure=procedure)})
    draft = store.draft(account().id, procedure)
    return render_page("demande/retired.html", 410, retirement=told, draft=draft)


def save_typed(procedure: str, slug: str) -> None:
    """Save the valid answers typed in a step of a draft, for the procedure that replaces it to take over."""
    dossier = store.draft(account().id, procedure)
    draft = dossiers.load_draft(dossier, today()) if dossier else None
    step = draft.journey.step(slug) if draft else None
    if draft is None or step is None or step.page is not Page.FORM:
        return
    form = form_class(step)(request.form, draft.case)
    form.validate()
    dossiers.save_step(draft, step, form.answers, "", now())
