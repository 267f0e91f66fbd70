"""« J’ai récupéré mon titre »: the applicant confirms it on a page, because their certificates end with it."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.domain.actions.applicants import COLLECT
from app.domain.actions.card import HAND_OVER
from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.applications import card_pickup
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.web.current import account, now
from app.web.pages.rendering import render_page


def ask(reference: str) -> Response:
    """Ask for confirmation, with the consequences."""
    dossier = store.owned(account().id, reference)
    if dossier.state != State.CARD_AVAILABLE:
        raise StaleDossier(dossier)
    return render_page("suivi/collect.html", dossier=dossier)


def collect(reference: str) -> Response:
    """Record that the card was collected.

    A second click succeeds too; 409 with an explanation if an agent recorded it first. Raises ForbiddenTransition before
    there is a card.
    """
    dossier = store.owned(account().id, reference)
    try:
        card_pickup.collect(dossier, now())
    except (ForbiddenTransition, StaleDossier):
        events = store.events(dossier.id)
        end = next((event for event in events if event.action in (COLLECT.key, HAND_OVER.key)), None)
        if end is None:
            raise
        if end.action == HAND_OVER.key:
            return render_page("suivi/handed_over.html", 409, dossier=dossier, at=end.at)
    return redirect(url_for("suivi.dossier", reference=reference), 303)
