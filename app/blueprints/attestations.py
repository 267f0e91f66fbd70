"""Certificates: the holder's page and PDF, and the public page where anybody checks one."""

import logging
from datetime import date, datetime
from typing import TYPE_CHECKING

import segno
from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.domain import wording
from app.domain.dossiers.attestations import (
    CODE_LENGTH,
    Facts,
    PublicRow,
    normalise_code,
    public_rows,
    spell_code,
)
from app.domain.rules.births import BirthDate
from app.domain.rules.rights import UNDATED, AttestationKind
from app.forms.fields import clean
from app.pdf import typed_address
from app.presenters.applicants.open_request import open_request
from app.services.access import throttles
from app.services.certificates import printing, verification
from app.services.certificates.verification import Answer, Verdict
from app.storage.applications import attestations as store
from app.web import downloads, formats
from app.web.current import account, gateways, now, settings, today
from app.web.htmx import wants_fragment
from app.web.language import language
from app.web.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Attestation

log = logging.getLogger(__name__)
bp = Blueprint("attestations", __name__)

# The longest thing worth reading as a code: spaces and dashes between the characters included.
TYPED_LENGTH = CODE_LENGTH * 3
PERSON_AND_DATES = 4  # the first rows of the answer: document, holder, birth, validity


def own(code: str) -> "Attestation":
    """The certificate of the person signed in; anybody else's does not exist."""
    return store.of_account(account().id, normalise_code(code) or "")


@bp.get("/attestations/<code>", endpoint="page")
def show(code: str) -> Response:
    """The certificate as a page, with all that the paper says; `_pdf.html` alone while it is awaited."""
    attestation = own(code)
    if wants_fragment():
        return render_page("attestations/_pdf.html", attestation=attestation)
    facts = Facts.from_json(attestation.facts)
    url = verification.check_url(settings().origin, settings().secret_key, attestation.code)
    return render_page(
        "attestations/page.html",
        attestation=attestation,
        asked=open_request(attestation.dossier),
        facts=facts,
        deposit=facts.kind is AttestationKind.DEPOSIT,
        undated=UNDATED,
        spelled=spell_code(facts.code),
        check_url=url,
        check_page=typed_address(url),
        words=wording,
        qr=segno.make(url, error="m", micro=False).svg_data_uri(border=0),
    )


@bp.get("/attestations/<code>.pdf")
def pdf(code: str) -> Response:
    """The stored bytes, the same for ever; the page that waits for them while they are being made."""
    attestation = own(code)
    return downloads.printed(
        lambda: printing.read_paper(attestation, gateways().files),
        f"attestation-{attestation.code}.pdf",
        url_for("attestations.page", code=attestation.code),
    )


@bp.route("/verifier", methods=["GET", "POST"])
def verify() -> Response:
    """The form for a typed code. The code travels in a POST, so that no address and no log holds it.

    Codes that do not exist make their source wait before it types another; signed addresses never wait.
    Nobody who checks is recorded.
    """
    if request.method == "GET":
        return _page()
    typed = clean(request.form.get("code", ""))[:TYPED_LENGTH]
    if not typed:
        return _page(422, error=_("Écrivez le code imprimé sur le document."))
    source = f"check:{request.remote_addr}"
    if until := throttles.blocked_until(source, now()):
        return _page(429, typed=typed, wait=until)
    answer = verification.check_code(typed, today())
    if answer.verdict is Verdict.UNKNOWN:
        throttles.record_failure(source, now())
        return _page(422, answer, typed)
    code = normalise_code(typed) or ""
    token = verification.token(settings().secret_key, code)
    return redirect(url_for("attestations.verify_token", token=token), 303)


@bp.get("/verifier/<token>")
def verify_token(token: str) -> Response:
    """Where a QR code leads: the answer at once."""
    answer = verification.check_token(settings().secret_key, token, today())
    return _page(404 if answer.verdict is Verdict.UNKNOWN else 200, answer)


def _page(
    status: int = 200,
    answer: Answer | None = None,
    typed: str = "",
    error: str = "",
    wait: datetime | None = None,
) -> Response:
    response = render_page(
        "attestations/verify.html",
        status,
        answer=answer,
        rows=_rows(answer.facts, answer.verdict) if answer and answer.facts else (),
        typed=typed,
        error=error,
        wait=wait,
        checked_at=now(),
        today=today(),
    )
    response.headers["X-Robots-Tag"] = "noindex"  # an address that leads to a person is in no search engine
    return response


def _rows(facts: Facts, verdict: Verdict) -> list[tuple[str, str]]:
    """What the paper shows; of one whose time is over, no right that could be taken for a present one."""
    shown = public_rows(facts)
    if verdict is Verdict.EXPIRED:
        shown = shown[:PERSON_AND_DATES]
    return [(_(row.label), _words(row)) for row in shown]


def _words(row: PublicRow) -> str:
    return str(_(row.text, **{name: _shown(value) for name, value in row.values.items()}))


def _shown(value: str | date | BirthDate) -> str:
    if isinstance(value, BirthDate):
        return formats.birth(value, language())
    return formats.day(value, language()) if isinstance(value, date) else value
