"""The administrator's pages: agents' accounts, services and the record of changes; no dossiers."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.blueprints.administration import members
from app.blueprints.administration import services as administration_services
from app.blueprints.administration.record_text import lines
from app.services.staff import acceptance
from app.storage.people import administration as store
from app.storage.people import services as offices
from app.web.current import agent
from app.web.pages.rendering import render_page

bp = Blueprint("administration", __name__, url_prefix="/administration")

GET_POST = ["GET", "POST"]
NUMBER = "<int:number>"
LATEST = 8
MOST = 50

bp.add_url_rule("/comptes", "members", members.members)
bp.add_url_rule("/comptes/inviter", "invite", members.invite, methods=GET_POST)
bp.add_url_rule(f"/comptes/{NUMBER}", "member", members.member)
bp.add_url_rule(f"/comptes/{NUMBER}/<action>", "act", members.act, methods=GET_POST)
bp.add_url_rule("/services", "services", administration_services.services)
bp.add_url_rule("/services/<code>", "service", administration_services.service, methods=GET_POST)


@bp.get("/")
def home() -> Response:
    """Show the administrator's first page: counts and the latest changes."""
    services = offices.all_services().values()
    return render_page(
        "administration/home.html",
        me=agent(),
        counts=store.counts(),
        newcomers=len(acceptance.waiting_for(agent())),
        opened=sum(service.active for service in services),
        closed=sum(not service.active for service in services),
        lines=lines(store.journal(LATEST).rows),
    )


@bp.get("/journal")
@bp.get(f"/journal/{NUMBER}", endpoint="journal")
def journal(number: int | None = None) -> Response:
    """Show the record of administration, the latest first, 50 to a page."""
    extract = store.journal(MOST, after=number)
    return render_page(
        "administration/journal.html", lines=lines(extract.rows), after=extract.after, paged=number
    )
