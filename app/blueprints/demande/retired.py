"""The page of a retired procedure; answers typed in an old draft are still saved."""

from flask import abort, request, url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Page
from app.forms.steps import form_class
from app.presenters.applicants.retired import retirement
from app.services.applications import dossiers
from app.storage.applications import dossiers as store
from app.web.current import account, now, today
from app.web.http.htmx import wants_fragment
from app.web.pages.rendering import render_page


def retired_page(procedure: str) -> Response:
    """Return the page that says what to begin instead; 404 for an unknown address."""
    view = retirement(procedure) or abort(404)
    if wants_fragment():  # from a page opened before the retirement: replace all of it
        return Response("", headers={"HX-Redirect": url_for("demande.begin", procedure=procedure)})
    draft = store.draft(account().id, procedure)
    return render_page("demande/retired.html", 410, retirement=view, draft=draft)


def save_typed(procedure: str, slug: str) -> None:
    """Save the valid answers of a step in a draft, so that the procedure that replaces it can reuse them."""
    dossier = store.draft(account().id, procedure)
    draft = dossiers.load_draft(dossier, today()) if dossier else None
    step = draft.journey.step(slug) if draft else None
    if draft is None or step is None or step.page is not Page.FORM:
        return
    form = form_class(step)(request.form, draft.case)
    form.validate()
    dossiers.save_step(draft, step, form.record, "", now())
