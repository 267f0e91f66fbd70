"""The applicant's space: where each dossier stands, what is asked of them, every document and certificate."""

from dataclasses import dataclass

from flask import Blueprint, abort, request, send_file, url_for
from werkzeug.wrappers import Response

from app.domain.calendar import filing_window
from app.domain.states import State
from app.services import documents, dossiers
from app.services.dossiers import permit_end
from app.storage import attestations, complements, notices
from app.storage import dossiers as store
from app.storage.models import Complement, Dossier
from app.web.current import account, gateways, today
from app.web.rendering import page
from app.web.timeline import stages

bp = Blueprint("suivi", __name__, url_prefix="/suivi")


@dataclass(frozen=True)
class Request:
    """An open request for documents, as the follow-up shows it."""

    complement: Complement
    days: int
    titles: tuple[str, ...]
    answered: int


@bp.get("/")
def space() -> Response:
    """The first page of the account: the latest dossier, drafts, the permit's countdown."""
    person = account()
    mine = store.of_account(person.id)
    filed = [one for one in mine if one.state != State.DRAFT]
    return _space(filed[0] if filed else None, mine)


@bp.get("/<reference>")
def dossier(reference: str) -> Response:
    """One dossier among several."""
    return _space(store.owned(account().id, reference), store.of_account(account().id))


def _space(chosen: Dossier | None, mine: list[Dossier]) -> Response:
    person = account()
    ends = permit_end(chosen or Dossier(identity=person.identity))
    window = filing_window(ends)
    return page(
        "suivi/space.html",
        person=person,
        dossier=chosen,
        stages=stages(chosen, store.events(chosen.id)) if chosen else (),
        asked=open_request(chosen) if chosen else None,
        certificates=attestations.of_dossier(chosen.id) if chosen else (),
        draft=next((one for one in mine if one.state == State.DRAFT), None),
        others=[one for one in mine if one.state != State.DRAFT and (not chosen or one.id != chosen.id)],
        notices=notices.latest(person.id),
        permit_end=ends,
        days_left=(ends - today()).days,
        window=window,
        timing=window.timing(today()),
        decided=chosen is not None
        and chosen.state in (State.FAVOURABLE, State.CARD_AVAILABLE, State.HANDED_OVER),
    )


def open_request(dossier: Dossier) -> Request | None:
    """What the service waits for, if it does."""
    if dossier.state != State.COMPLEMENT_REQUESTED:
        return None
    complement = complements.pending(dossier.id)
    journey = dossiers.look(dossier, today()).journey
    titles = {one.key: one.title for one in journey.documents}
    items = list(complement.items)
    renewed = complements.renewed_slots(complement)
    return Request(
        complement,
        (complement.due_on - today()).days,
        tuple(titles[item.slot] for item in items),
        sum(item.decision == "keep" or item.slot in renewed for item in items),
    )


@bp.get("/pieces/<int:document>")
def file(document: int) -> Response:
    """A file that the person sent, as it is kept."""
    found = documents.owned(account().id, document)
    small = "preview" in request.args
    if small and not found.preview_key:
        abort(404)
    stream = gateways().files.open(found.preview_key if small else found.key)
    kind = "image/jpeg" if small else found.media_type
    response = send_file(stream, mimetype=kind, download_name=None)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@bp.get("/messages/<int:number>")
def notice(number: int) -> Response:
    """One message, whole."""
    found = notices.owned(account().id, number)
    link = (
        url_for("suivi.dossier", reference=found.dossier.reference)
        if found.dossier
        else url_for("suivi.space")
    )
    return page("suivi/notice.html", notice=found, link=link)
