"""Help and duties: who to call, accessibility, personal data, legal notice."""

from flask import Blueprint
from werkzeug.wrappers import Response

from app.blueprints import aide_service
from app.web.rendering import page

bp = Blueprint("aide", __name__, url_prefix="/aide")

bp.add_url_rule("/service", "service", aide_service.service)


@bp.get("/contact")
def contact() -> Response:
    """The contact centre, the help points, the counter."""
    return page("aide/contact.html")


@bp.get("/accessibilite")
def accessibility() -> Response:
    """The accessibility statement (décret 2019-768)."""
    return page("aide/accessibility.html")


@bp.get("/donnees-personnelles")
def privacy() -> Response:
    """What is kept, why, how long, and a person's rights."""
    return page("aide/privacy.html")


@bp.get("/mentions-legales")
def legal() -> Response:
    """Who runs this."""
    return page("aide/legal.html")
