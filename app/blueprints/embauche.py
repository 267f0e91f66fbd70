"""Checks before a hiring: the check of a certificate or of a card, and its dated receipt, read again by its code."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, session, url_for
from werkzeug.wrappers import Response

from app.blueprints import attachments
from app.domain.dossiers.attestations import normalise_code
from app.domain.public_forms.hiring import CARD, CARD_FACTS, CARD_FILES, CERTIFICATE, READ
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import HIRING_WORKING_DAYS
from app.domain.rules.uploads import LIMITS
from app.forms.steps import StepForm
from app.forms.views import FieldView
from app.pdf import application_pdf
from app.pdf.twin import WORDS, Twin
from app.presenters.public import receipt_sections, retention_rows
from app.presenters.wait_messages import retry_wait
from app.services.access.throttles import TooSoon
from app.services.certificates.verification import Verdict
from app.services.hiring import receipts, requests
from app.services.hiring.receipts import BeginsAfter, EndsBefore, NoRightToWork, NotInForce
from app.services.hiring.requests import NoCopy
from app.storage import hiring as store
from app.web.access import browsers
from app.web.current import now, settings, today
from app.web.http import downloads
from app.web.localisation import formats
from app.web.localisation.language import DEFAULT, language, same_page_in
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_fields, form_of, render_form

if TYPE_CHECKING:
    from app.storage.models import HiringCheck

bp = Blueprint("embauche", __name__, url_prefix="/embauche")

_RECEIPT = "embauche"  # key in the cookie: reading code of the receipt that this browser opened


@bp.get("")
def start() -> Response:
    """Say what an employer checks before a hiring, and how: by a certificate's code, or a card."""
    return render_page("embauche/start.html", days=HIRING_WORKING_DAYS.on(today()))


@bp.post("")
def begin() -> Response:
    """Open the form with the code that the check page has just answered for; nothing is checked yet."""
    return _form("embauche/certificate.html", form_of(CERTIFICATE))


@bp.route("/attestation", methods=["GET", "POST"])
def certificate() -> Response:
    """Check a certificate for a hiring and give the receipt."""
    form = form_of(CERTIFICATE)
    if not form.validate_on_submit():
        return _form("embauche/certificate.html", form)
    who = receipts.employer(form.answers, language(), browsers.origin())
    try:
        check = receipts.give(normalise_code(form.answers["code"]) or "", who, now())
    except TooSoon as soon:
        form.add_error("email", retry_wait(soon.until))
        return _form("embauche/certificate.html", form, 429)
    except (NotInForce, NoRightToWork, BeginsAfter, EndsBefore) as refused:
        form.add_error(*_refusal(refused))
        return _form("embauche/certificate.html", form)
    session[_RECEIPT] = check.code
    return redirect(url_for("embauche.receipt"), 303)


def _form(template: str, form: StepForm, status: int = 200) -> Response:
    return render_form(template, form, status, kept=retention_rows.receipt_span(today()))


def _refusal(refused: Exception) -> tuple[str, str]:
    """Return the field of a refusal, and the sentence that says how to go on."""
    if isinstance(refused, NoRightToWork):
        told = _(
            "Ce document ne dit rien du droit de travailler. Demandez à la personne son titre ou son attestation."
        )
        return "code", told
    if isinstance(refused, EndsBefore):
        told = _("Cette attestation prend fin le %(day)s. Demandez à la personne un document plus récent.")
        return "hired_on", told % {"day": formats.day(refused.day, language())}
    if isinstance(refused, BeginsAfter):
        told = _(
            "Cette attestation vaut seulement à partir du %(day)s. Avant ce jour, c’est le titre qui compte."
        )
        return "hired_on", told % {"day": formats.day(refused.day, language())}
    if isinstance(refused, NotInForce) and refused.answer.verdict is Verdict.UNKNOWN:
        return "code", _("Nous ne trouvons pas ce code. Vérifiez chaque caractère.")
    return "code", _("Cette attestation n’est plus valable. Demandez à la personne un document plus récent.")


@bp.route("/carte", methods=["GET", "POST"])
def card() -> Response:
    """Ask the prefecture of the place of work to check a card; its answer is a letter."""
    form = form_of(CARD)
    if not form.validate_on_submit():
        return _card_page(form)
    answers = dict(form.answers)
    who = receipts.employer(answers, language(), browsers.origin())
    held = {name: answers.get(name, "") for name in CARD_FACTS}
    copy = attachments.store_attachments(who.origin.source)
    try:
        check = requests.ask(held, answers["postcode"], who, copy, now())
    except NoCopy:
        return _card_page(
            form, attachments.copy_refusal(copy) or _("Joignez la copie de la carte, recto et verso.")
        )
    except TooSoon as soon:
        form.add_error("email", retry_wait(soon.until))
        return _card_page(form, status=429)
    session[_RECEIPT] = check.code
    return redirect(url_for("embauche.receipt", refus=attachments.refusal_key(copy) or None), 303)


def _card_page(form: StepForm, copy_error: str = "", status: int = 200) -> Response:
    fields = form_fields(form)
    copy = FieldView(CARD_FILES, "text", _("Copie de la carte"), error=copy_error, missing=True)
    wrong = [*fields["wrong"], *([copy] if copy_error else [])]
    return render_page(
        "embauche/card.html",
        422 if wrong and status == 200 else status,
        step=form.step,
        fields=fields["fields"],
        wrong=wrong,
        copy_error=copy_error,
        again=form.is_submitted(),
        most=LIMITS.max_joined,
        days=HIRING_WORKING_DAYS.on(today()),
        kept=retention_rows.receipt_span(today()),
        switch_form="form",
    )


@bp.route("/relire", methods=["GET", "POST"])
def read() -> Response:
    """Open a receipt by the code that is written on it."""
    form = form_of(READ)
    if not form.validate_on_submit():
        return render_form("embauche/read.html", form)
    try:
        found = receipts.read(form.answers["code"], browsers.origin(), now())
    except TooSoon as soon:
        form.add_error("code", retry_wait(soon.until))
        return render_form("embauche/read.html", form, 429)
    if found is None:
        form.add_error("code", _("Nous ne trouvons pas ce reçu. Vérifiez chaque caractère."))
        return render_form("embauche/read.html", form)
    session[_RECEIPT] = found.code
    return redirect(url_for("embauche.receipt"), 303)


@bp.get("/recu")
def receipt() -> Response:
    """Show the receipt that this browser opened."""
    check = _opened()
    if check is None:
        return redirect(url_for("embauche.read"), 303)
    return render_page(
        "embauche/receipt.html",
        heading=receipt_sections.heading(check),
        sections=list(receipt_sections.sections(check, language())),
        card=check.attestation is None,
        refused=attachments.refusal_sentence(),
    )


@bp.get("/recu.pdf")
def receipt_pdf() -> Response:
    """Send that receipt as a PDF, in French, the language in which it is shown to an inspector."""
    check = _opened()
    if check is None:
        return redirect(url_for("embauche.read"), 303)
    if language() != DEFAULT:
        return redirect(same_page_in(DEFAULT))
    deployment = settings()
    day = formats.day(paris_day(check.asked_at), DEFAULT)
    content = application_pdf(
        receipt_sections.heading(check),
        list(receipt_sections.sections(check, DEFAULT)),
        _("%(operator)s · reçu du %(day)s", operator=deployment.operator, day=day),
        DEFAULT,
        deployment.demonstration,
        made_at=check.asked_at,
        fonts_dir=Path(deployment.fonts_dir),
        twin=Twin(f"{deployment.origin.rstrip('/')}{url_for('embauche.receipt')}", _(WORDS)),
    )
    return downloads.attachment(content, f"recu-{check.number}.pdf")


def _opened() -> "HiringCheck | None":
    code = session.get(_RECEIPT, "")
    return store.by_code(code) if code else None
