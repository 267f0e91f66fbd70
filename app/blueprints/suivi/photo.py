"""The e-photo of a filed application: its state, and another code if that one does not work."""

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.dossiers.states import ForbiddenTransition
from app.domain.journeys.questions import PHOTO
from app.domain.rules.identifiers import check_photo_code
from app.domain.text import plain
from app.presenters.applicants import photo_words
from app.presenters.applicants.open_request import open_request
from app.services.applications import complements, photos
from app.services.applications.photos import PhotoRefused
from app.storage.applications import dossiers as store
from app.web.current import account, gateways, now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import format_problem


def photo(reference: str) -> Response:
    """Show the state of the e-photo with a form for another code (GET), or check and save one (POST)."""
    dossier = store.owned(account().id, reference)
    required = photos.required(dossier) or abort(404)
    can_give = photos.can_give(dossier, required)
    typed = plain(request.form.get("code", ""))[:60]
    error = ""
    if request.method == "POST":
        if not can_give:
            abort(409)
        code, problem = check_photo_code(typed)
        error = format_problem(problem) if problem else ""
        if not error:
            try:
                photos.set_code(gateways().ephoto, dossier, code, now())
            except PhotoRefused as refused:
                error = _(photo_words.REFUSED[refused.state])
            except ForbiddenTransition:
                abort(409)
            else:
                to_answer = complements.asks_for(dossier, PHOTO)
                page = "suivi.complement" if to_answer else "suivi.photo"
                return redirect(url_for(page, reference=reference, _anchor=PHOTO), 303)
    return render_page(
        "suivi/photo.html",
        422 if error else 200,
        dossier=dossier,
        asked=open_request(dossier),
        photo=photo_words.of_filed(required, now()),
        waived=required.waived,
        can_give=can_give,
        photo_error=error,
        wrong=photo_words.error_fields(error),
        photo_typed=typed,
    )
