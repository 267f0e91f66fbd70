"""The public front: the two ways in, the presentation of a procedure, its list of documents."""

from datetime import timedelta

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.calendar import filing_window
from app.domain.procedures import current
from app.domain.procedures.student import ANSWER
from app.domain.uploads import LIMITS
from app.pdf import list_pdf
from app.web import downloads
from app.web.current import settings, today
from app.web.language import language
from app.web.rendering import page

bp = Blueprint("accueil", __name__)


@bp.get("/")
def home() -> Response:
    """The two ways in, when to file, what is needed, how long it takes."""
    example = today().replace(day=1) + timedelta(days=150)
    ends = example.replace(day=1) - timedelta(days=1)
    return page(
        "accueil/home.html",
        ends=ends,
        window=filing_window(ends),
        answer=ANSWER,
    )


@bp.get("/titre/<procedure>")
def presentation(procedure: str) -> Response:
    """What the procedure asks, before beginning."""
    journey = current(procedure) or abort(404)
    return page(
        "accueil/presentation.html", journey=journey, limits=LIMITS, elsewhere="autre" in request.args
    )


@bp.get("/titre/<procedure>/documents.pdf")
def documents_list(procedure: str) -> Response:
    """The list of supporting documents, to print."""
    journey = current(procedure) or abort(404)
    items = [(_(one.title), _(one.hint) if one.hint else "") for one in journey.documents]
    items.insert(0, (_("e-photo"), _("Le code de 22 caractères imprimé sur la planche, valable 6 mois.")))
    content = list_pdf(
        _("Les documents à joindre"),
        _(journey.title),
        items,
        _(
            "Photos ou fichiers JPG, PNG, BMP, TIFF, PDF. %(size)s Mo par fichier. "
            "Certains documents ne vous seront demandés que selon vos réponses.",
            size=LIMITS.max_bytes // 1_000_000,
        ),
        language(),
        settings().demonstration,
    )
    return downloads.attachment(content, f"documents-{journey.slug}.pdf")
