"""Public pages: home, procedures by entry point, a procedure's presentation and its list of documents."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.questions import Case
from app.domain.journeys.variants import deciding, holders, may
from app.domain.procedures import replacement
from app.domain.rules.calendar import filing_window
from app.domain.rules.parameters import LATE_FILING_FEE
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.pdf import list_pdf
from app.presenters.public import document_list_items, entry_points, prices
from app.web import downloads
from app.web.current import settings, today
from app.web.forms import blank_form, form_fields, query_form
from app.web.language import language
from app.web.rendering import render_page

bp = Blueprint("accueil", __name__)
WITH_VISA = (Purpose.FIRST, Purpose.VALIDATION)  # sign-up with the number of a visa, not of a permit


@bp.get("/")
def home() -> Response:
    """Show the home page: entry points, when to file, what is needed, how long an answer takes."""
    example = today().replace(day=1) + timedelta(days=150)
    ends = example.replace(day=1) - timedelta(days=1)
    return render_page(
        "accueil/home.html",
        ends=ends,
        window=filing_window(ends),
        ways=entry_points.ENTRY_POINTS,
        late=LATE_FILING_FEE.on(today()),
        answer_days=entry_points.shortest_and_longest_answer(),
    )


@bp.get("/demarches/<way>")
def procedures(way: str) -> Response:
    """List the procedures of an entry point; 404 for an unknown one."""
    found = entry_points.entry_point(way) or abort(404)
    return render_page("accueil/procedures.html", way=found, offered=entry_points.offered(found))


@bp.get("/titre/<procedure>")
def presentation(procedure: str) -> Response:
    """Present a procedure: its documents, price and time limits."""
    journey = _on_offer(procedure)
    return render_page(
        "accueil/presentation.html",
        journey=journey,
        limits=LIMITS,
        prices=prices.of_journey(journey, today()),
        papers=[document_list_items.document_list_item(item, language()) for item in journey.documents],
        late=LATE_FILING_FEE.on(today()),
        with_photo=may(journey, journey.photo, today()),
        with_card=may(journey, journey.makes_card, today()),
        elsewhere="autre" in request.args,
        door="compte.identify_visa" if journey.purpose in WITH_VISA else "compte.identify",
    )


@bp.get("/titre/<procedure>/ma-liste")
def my_list(procedure: str) -> Response:
    """Show the documents for one case, from the few answers that decide on them."""
    journey = _on_offer(procedure)
    form = _few_answers(journey)
    known = bool(request.args) and not form.errors
    return render_page(
        "accueil/my_list.html",
        422 if form.errors else 200,
        journey=journey,
        step=form.step,
        **form_fields(form),
        papers=_papers(journey, form.answers) if known or not form.step.questions else (),
        pdf=_pdf_address(journey, form),
        limits=LIMITS,
    )


@bp.get("/titre/<procedure>/ma-liste.pdf")
def my_list_pdf(procedure: str) -> Response:
    """Send that list as a PDF; 404 without the answers."""
    journey = _on_offer(procedure)
    form = _few_answers(journey)
    if form.errors or (form.step.questions and not request.args):
        abort(404)
    papers = _papers(journey, form.answers)
    return _pdf(_("La liste de mes documents"), journey, papers, f"mes-documents-{journey.slug}.pdf")


@bp.get("/titre/<procedure>/documents.pdf")
def documents_list(procedure: str) -> Response:
    """Send the list of every document that a procedure may ask for, as a PDF."""
    journey = _on_offer(procedure)
    photo = [document_list_items.photo(language())] if may(journey, journey.photo, today()) else []
    papers = [
        *photo,
        *(document_list_items.document_list_item(item, language()) for item in journey.documents),
    ]
    return _pdf(_("Les documents à joindre"), journey, papers, f"documents-{journey.slug}.pdf")


def _on_offer(slug: str) -> Journey:
    """Return the procedure of an address; redirect from a retired one to its replacement, or answer 404."""
    by = replacement(slug) or abort(404)
    if by.slug != slug:
        abort(redirect(url_for(str(request.endpoint), procedure=by.slug)))
    return by


def _few_answers(journey: Journey) -> StepForm:
    """Return the form of the questions that decide on the list; validated if the query answers them."""
    step = deciding(journey, today())
    if not request.args and step.questions:
        return blank_form(step)
    form = query_form(step)
    form.validate()
    return form


def _pdf_address(journey: Journey, form: StepForm) -> str:
    """Return the address of the list as a PDF, with its answers in the order of the questions."""
    return url_for("accueil.my_list_pdf", procedure=journey.slug, **form.answers)


def _papers(journey: Journey, answers: dict[str, Any]) -> list[document_list_items.DocumentListItem]:
    """Return the documents for these answers, for a typical holder of a permit: the visitor is not known."""
    case = Case(answers, today=today(), identity=next(holders(journey, today())))
    papers = [document_list_items.document_list_item(item, language()) for item in journey.needed(case)]
    return [document_list_items.photo(language()), *papers] if journey.photo(case) else papers


def _pdf(
    heading: str, journey: Journey, papers: list[document_list_items.DocumentListItem], name: str
) -> Response:
    footer = _(
        "Photos ou fichiers JPG, PNG, BMP, TIFF, PDF. %(size)s Mo par fichier. "
        "Un document vous manque ? Joignez une lettre qui explique pourquoi.",
        size=LIMITS.max_bytes // 1_000_000,
    )
    items = [(document_list_items.name(paper), document_list_items.details(paper)) for paper in papers]
    fonts = Path(settings().fonts_dir)
    content = list_pdf(
        heading, _(journey.title), items, footer, language(), settings().demonstration, fonts_dir=fonts
    )
    return downloads.attachment(content, name)
