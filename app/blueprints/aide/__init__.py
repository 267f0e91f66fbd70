"""Help and legal pages: answers, contacts, fees, site map, accessibility, personal data, legal notice."""

from datetime import date

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from app.blueprints.aide import contact as aide_contact
from app.blueprints.aide import service
from app.domain import help as answers
from app.domain.help.council import ORDERS, RELEASE
from app.domain.help.entry import CHANGES
from app.domain.help.search import QUERY_CHARACTERS
from app.domain.rules.fees import STAMP_DUTY
from app.domain.rules.parameters import (
    EPHOTO_ARRIVAL_HOURS,
    HIRING_WORKING_DAYS,
    LATE_FILING_FEE,
    STAMP_REFUND_MONTHS,
    STAMP_VALID_MONTHS,
)
from app.domain.rules.rights import RIGHTS, SHOWN_TO_OTHERS, TITLES
from app.domain.text import plain
from app.domain.texts.refused_certificate import LETTER
from app.presenters.public import help_questions as shown
from app.presenters.public import prices, retention_rows
from app.presenters.public import site_map as map_of_site
from app.reference import accessibility as rgaa
from app.reference.terms import terms as known_terms
from app.services.access import sessions
from app.web.current import today
from app.web.localisation.language import language
from app.web.pages.rendering import render_page

# The day on which the accessibility statement was last checked against the site.
DECLARED_ON = date(2026, 11, 28)

bp = Blueprint("aide", __name__, url_prefix="/aide")

bp.add_url_rule("/service", "service", service.service)
bp.add_url_rule("/ecrire", "write", aide_contact.write, methods=["GET", "POST"])
bp.add_url_rule("/bloque", "blocked", aide_contact.blocked, methods=["GET", "POST"])
bp.add_url_rule("/bloque/certificat.pdf", "certificate", aide_contact.certificate)
bp.add_url_rule("/ecrire/recu", "written", aide_contact.written)


@bp.get("")
def questions() -> Response:
    """Show all questions by theme, or those that match a search."""
    query = plain(request.args.get("q", ""))[:QUERY_CHARACTERS]
    if query:
        return render_page("aide/questions.html", query=query, found=shown.found(query), themes=())
    themes = [(theme, shown.lines(entries)) for theme, entries in answers.by_theme()]
    return render_page("aide/questions.html", query="", found=(), themes=themes)


@bp.get("/questions/<key>")
def question(key: str) -> Response:
    """Show one question and its answer; 404 for an unknown key."""
    entry = answers.entry(key) or abort(404)
    return render_page("aide/question.html", entry=shown.question_view(entry))


@bp.get("/contact")
def contact() -> Response:
    """Show the contact centre, the help points and the counters."""
    changes = [entry for entry in answers.ENTRIES if entry.theme is CHANGES]
    return render_page("aide/contact.html", changes=shown.lines(changes), photo_hours=EPHOTO_ARRIVAL_HOURS)


@bp.get("/mots")
def terms() -> Response:
    """Show the words of the administration, in French and in the page's language, with what they mean."""
    return render_page("aide/terms.html", terms=known_terms())


@bp.get("/tarifs")
def fees() -> Response:
    """Show the fees, since when they apply, and how an e-stamp is bought and refunded."""
    return render_page(
        "aide/fees.html",
        table=prices.table(today(), language()),
        stamp_duty=STAMP_DUTY.on(today()),
        late=LATE_FILING_FEE.on(today()),
        since=LATE_FILING_FEE.begun(today()),
        valid_months=STAMP_VALID_MONTHS,
        refund_months=STAMP_REFUND_MONTHS,
    )


@bp.get("/plan-du-site")
def site_map() -> Response:
    """List every public page."""
    return render_page("aide/site_map.html", sections=map_of_site.sections())


@bp.get("/accessibilite")
def accessibility() -> Response:
    """Show the accessibility statement (décret 2019-768)."""
    found = rgaa.criteria()
    return render_page(
        "aide/accessibility.html",
        declared_on=DECLARED_ON,
        count=rgaa.counted(found),
        rate=rgaa.rate(found),
        unchecked=[criterion.number for criterion in found if criterion.state is rgaa.State.NOT_CHECKED],
        barriers=[
            rgaa.BARRIERS[criterion.number] for criterion in found if criterion.state is rgaa.State.NOT_MET
        ],
    )


@bp.get("/donnees-personnelles")
def privacy() -> Response:
    """Show which personal data is kept, why and how long, and a person's rights."""
    return render_page("aide/privacy.html", periods=list(retention_rows.rows(today())), idle=sessions.IDLE)


@bp.get("/conseil-d-etat")
def council() -> Response:
    """Show what the Conseil d'État ordered on 5 May 2026, point by point, and where it is here."""
    orders = [shown.order_view(order) for order in ORDERS]
    return render_page("aide/council.html", orders=orders, release=RELEASE)


@bp.get("/reconnaitre")
def recognise() -> Response:
    """Show, to be printed, how employers, banks and offices recognise a certificate."""
    papers = [(TITLES[kind], which, RIGHTS[kind, situation]) for kind, situation, which in SHOWN_TO_OTHERS]
    address = url_for("attestations.verify", _external=True).partition("://")[2]
    return render_page(
        "aide/recognise.html",
        papers=papers,
        check_page=address,
        letter=LETTER,
        days=HIRING_WORKING_DAYS.on(today()),
    )


@bp.get("/mentions-legales")
def legal() -> Response:
    """Show the legal notice: operator, publication director, host."""
    return render_page("aide/legal.html")
