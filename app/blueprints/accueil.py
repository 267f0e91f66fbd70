"""Public pages: home, procedures by entry point, a procedure's presentation and its list of documents."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.questions import Case
from app.domain.journeys.variants import deciding, example, may
from app.domain.procedures import replacement
from app.domain.rules.calendar import filing_window
from app.domain.rules.deadlines import Identity
from app.domain.rules.parameters import LATE_FILING_FEE
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.pdf import list_pdf
from app.pdf.twin import WORDS, Twin
from app.presenters.public import document_list_items, entry_points, own_case, prices
from app.web.current import settings, today
from app.web.http import downloads
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page, signed_in
from app.web.posted.forms import blank_form, form_fields, query_form

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
    shown = own_case.presentation(journey, today(), _permit(journey))
    return render_page(
        "accueil/presentation.html",
        journey=journey,
        limits=LIMITS,
        shown=shown,
        papers=[document_list_items.document_list_item(document, language()) for document in shown.documents],
        conditional=[
            (when, [document_list_items.document_list_item(document, language()) for document in documents])
            for when, documents in shown.conditional
        ],
        late=LATE_FILING_FEE.on(today()),
        with_card=may(journey, journey.makes_card, today()),
        elsewhere="autre" in request.args,
        door="compte.identify_visa" if journey.purpose in WITH_VISA else "compte.identify",
    )


@bp.get("/titre/<procedure>/ma-liste")
def my_list(procedure: str) -> Response:
    """Show the documents for one case, from the few answers that decide on them."""
    journey = _on_offer(procedure)
    form = _few_answers(journey)
    known = not form.step.questions or (bool(request.args) and not form.errors)
    case = _case(journey, form.answers)
    return render_page(
        "accueil/my_list.html",
        422 if form.errors else 200,
        journey=journey,
        step=form.step,
        **form_fields(form),
        papers=_papers(journey, case) if known else (),
        advice=journey.advice(case) if known else (),
        prices=prices.of_journey(journey, today(), _permit(journey), form.answers) if known else (),
        following=own_case.after(journey, case) if known and _permit(journey) else None,
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
    case = _case(journey, form.answers)
    advice = [f"{_(side.personal)}. {_(side.advice)}" for side in journey.advice(case)]
    due = prices.of_journey(journey, today(), _permit(journey), form.answers)
    paid = _("Ce que vous payez : %(amounts)s", amounts=prices.in_words(due, language()))
    papers, name = _papers(journey, case), f"mes-documents-{journey.slug}.pdf"
    twin = url_for("accueil.my_list", procedure=journey.slug, **form.answers)
    return _pdf(_("La liste de mes documents"), journey, papers, name, twin, " ".join((*advice, paid)))


@bp.get("/titre/<procedure>/documents")
def documents(procedure: str) -> Response:
    """List every document that a procedure may ask for."""
    journey = _on_offer(procedure)
    return render_page("accueil/documents.html", journey=journey, papers=_all_papers(journey), limits=LIMITS)


@bp.get("/titre/<procedure>/documents.pdf")
def documents_list(procedure: str) -> Response:
    """Send that list as a PDF."""
    journey = _on_offer(procedure)
    twin = url_for("accueil.documents", procedure=journey.slug)
    name = f"documents-{journey.slug}.pdf"
    return _pdf(_("Les documents à joindre"), journey, _all_papers(journey), name, twin)


def _all_papers(journey: Journey) -> list[document_list_items.DocumentListItem]:
    """Return every document of a procedure, the e-photo first, each with its condition."""
    when = journey.photo_when
    photo = [document_list_items.photo(language(), when)] if may(journey, journey.photo, today()) else []
    items = (
        document_list_items.document_list_item(document, language(), document.when)
        for document in journey.documents
    )
    return [*photo, *items]


def _on_offer(slug: str) -> Journey:
    """Return the procedure of an address; redirect from a retired one to its replacement, or answer 404."""
    by = replacement(slug) or abort(404)
    if by.slug != slug:
        abort(redirect(url_for(str(request.endpoint), procedure=by.slug)))
    return by


def _few_answers(journey: Journey) -> StepForm:
    """Return the form of the questions that decide on the list; validated if the query answers them."""
    step = deciding(journey, today(), _permit(journey))
    if not request.args and step.questions:
        return blank_form(step)
    form = query_form(step)
    form.validate()
    return form


def _pdf_address(journey: Journey, form: StepForm) -> str:
    """Return the address of the list as a PDF, with its answers in the order of the questions."""
    return url_for("accueil.my_list_pdf", procedure=journey.slug, **form.answers)


def _permit(journey: Journey) -> Identity | None:
    """Return the permit of the person signed in, if it opens a procedure."""
    held = getattr(signed_in(), "identity", None)
    return held if held and journey.serves(held) else None


def _case(journey: Journey, answers: dict[str, Any]) -> Case:
    """Return the case of a list: with the permit held, or one on the sides that the answers choose."""
    permit = _permit(journey) or example(journey, answers, today())
    return Case(answers, today=today(), identity=permit)


def _papers(journey: Journey, case: Case) -> list[document_list_items.DocumentListItem]:
    """Return the documents of a case, the e-photo first."""
    papers = [document_list_items.document_list_item(item, language()) for item in journey.needed(case)]
    return [document_list_items.photo(language()), *papers] if journey.photo(case) else papers


def _pdf(
    heading: str,
    journey: Journey,
    papers: list[document_list_items.DocumentListItem],
    name: str,
    page: str,
    advice: str = "",
) -> Response:
    limits = _(
        "Photos ou fichiers JPG, PNG, BMP, TIFF, PDF. %(size)s Mo par fichier. "
        "Un document vous manque ? Joignez une lettre qui explique pourquoi.",
        size=LIMITS.max_bytes // 1_000_000,
    )
    formats = _("Les photos HEIC, WebP, AVIF et GIF sont acceptées aussi.")
    footer = f"{limits} {formats}" if journey.documents else ""
    items = [(*document_list_items.names(paper), document_list_items.details(paper)) for paper in papers]
    intro = f"{_(journey.title)}. {advice}" if advice else _(journey.title)
    fonts, twin = Path(settings().fonts_dir), Twin(f"{settings().origin.rstrip('/')}{page}", _(WORDS))
    content = list_pdf(
        heading, intro, items, footer, language(), settings().demonstration, fonts_dir=fonts, twin=twin
    )
    return downloads.attachment(content, name)
