"""Certificates: the holder's page and PDF, and the public page that checks them."""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, request, url_for
from werkzeug.wrappers import Response

from app.domain import wording
from app.domain.dossiers.attestations import (
    CODE_LENGTH,
    Facts,
    normalise_code,
    public_rows,
    spell_code,
)
from app.domain.dossiers.endings import ending_of
from app.domain.dossiers.hiring import CHECKABLE
from app.domain.dossiers.printed_rows import printed_rows
from app.domain.rules.rights import UNDATED, AttestationKind
from app.domain.text import plain
from app.forms.views import FieldView
from app.keys import KeyPurpose
from app.pdf import check_qr, typed_address
from app.presenters import certificate_rows
from app.presenters.applicants.open_request import open_request
from app.presenters.public import offline_words
from app.services.access import throttles
from app.services.access.limits import CHECK
from app.services.access.throttles import TooSoon
from app.services.certificates import printing, seals, verification
from app.services.certificates.verification import Answer, Verdict
from app.storage.applications import attestations as store
from app.web.access import browsers
from app.web.current import account, gateways, keys, now, settings, today
from app.web.http import downloads
from app.web.http.htmx import wants_fragment
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages import assets
from app.web.pages.rendering import render_page

if TYPE_CHECKING:
    from app.storage.models import Attestation

log = logging.getLogger(__name__)
bp = Blueprint("attestations", __name__)

# Longest text read as a code, with spaces and dashes between its characters.
TYPED_LENGTH = CODE_LENGTH * 3
SIGNATURE_LENGTH = 128  # hexadecimal digits


def own(code: str) -> "Attestation":
    """Return a certificate of the signed-in applicant; 404 for any other code."""
    return store.of_account(account().id, normalise_code(code) or "")


@bp.get("/attestations/<code>", endpoint="page")
def show(code: str) -> Response:
    """Show a certificate as a page, with everything that its PDF says.

    HTMX gets only `_pdf.html`, once it says something new: the page asks until the PDF is printed.
    """
    attestation = own(code)
    stuck = printing.keeps_failing(attestation)
    if wants_fragment():
        if not attestation.file_key and not stuck:
            return Response(status=204)
        return render_page("attestations/_pdf.html", attestation=attestation, stuck=stuck)
    facts = Facts.from_json(attestation.facts)
    url = seals.check_url(settings().origin, seals.sealed(attestation, keys(KeyPurpose.PAPERS), today()))
    return render_page(
        "attestations/page.html",
        attestation=attestation,
        stuck=stuck,
        asked=open_request(attestation.dossier),
        facts=facts,
        rows=printed_rows(facts),
        ending=ending_of(attestation.ending),
        deposit=facts.kind is AttestationKind.DEPOSIT,
        undated=UNDATED,
        spelled=spell_code(facts.code),
        check_url=url,
        check_page=typed_address(url),
        words=wording,
        qr=check_qr(url).svg_data_uri(border=0),
    )


@bp.get("/attestations/<code>.pdf")
def pdf(code: str) -> Response:
    """Send the stored PDF, or redirect to the page until it is printed."""
    attestation = own(code)
    return downloads.printed(
        lambda: printing.read_paper(attestation, gateways().files),
        f"attestation-{attestation.code}.pdf",
        url_for("attestations.page", code=attestation.code),
    )


@bp.route("/verifier", methods=["GET", "POST"])
def verify() -> Response:
    """Check a code: typed, or sent by the page's script with the signature of the QR code that it read.

    It is sent by POST and answered at once, so that no address or log holds it. After unknown codes their IP address must
    wait before the next one; a QR code never waits. Checks are not recorded;
    an employer may ask for a receipt of one.
    """
    if request.method == "GET":
        return _page()
    typed = plain(request.form.get("code", ""))[:TYPED_LENGTH]
    if signature := request.form.get("signature", "")[:SIGNATURE_LENGTH]:
        return _check_paper(typed, signature)
    if not typed:
        return _page(422, error=_("Écrivez le code imprimé sur le document."))
    try:
        tried = throttles.attempt(CHECK, "", browsers.origin(), now())
    except TooSoon as soon:
        return _page(429, typed=typed, wait=soon.until)
    answer = verification.check_code(typed, today())
    if answer.verdict is Verdict.UNKNOWN:
        return _page(422, answer, typed)
    throttles.forgive(tried)
    return _page(answer=answer, typed=typed)


@bp.get("/verifier/mots")
def words() -> Response:
    """Return the sentences with which the check page answers without network, in its language."""
    response = jsonify(offline_words.words(language()))
    response.headers["Cache-Control"] = "no-cache"
    return response


def _check_paper(code: str, signature: str) -> Response:
    answer = verification.check_paper(code, signature, today())
    if answer == verification.UNKNOWN:
        error = _("La signature de ce code QR n’est pas la nôtre. Vérifiez le code imprimé à côté.")
        return _page(422, typed=code, error=error)
    return _page(answer=answer, signed=True)


def _page(
    status: int = 200,
    answer: Answer | None = None,
    typed: str = "",
    error: str = "",
    wait: datetime | None = None,
    signed: bool = False,
) -> Response:
    checked = answer is not None and not error
    response = render_page(
        "attestations/_verdict.html" if wants_fragment() and checked else "attestations/verify.html",
        status,
        answer=answer,
        rows=_rows(answer.facts, answer.verdict) if answer and answer.facts else (),
        typed=typed,
        switch_form="check-again" if typed else "",
        error=error,
        wrong=[FieldView("code", "text", _("Code de l’attestation"), error=error, missing=True)]
        if error
        else (),
        wait=wait,
        signed=signed,
        checked_at=now(),
        hiring=_proves_work(answer),
        today=today(),
        kept_files=_kept_files(),
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _proves_work(answer: Answer | None) -> bool:
    """Return whether an employer can take a receipt of what was answered."""
    if answer is None or answer.facts is None or answer.verdict is not Verdict.GENUINE:
        return False
    return answer.facts.kind in CHECKABLE


def _kept_files() -> str:
    """Return the addresses that the check page needs without network, in each language."""
    deployment = settings()
    pages = [
        url_for(f"attestations.{name}", lang=code)
        for code in deployment.languages
        for name in ("verify", "words")
    ]
    files = [assets.address(deployment.static_dir, name) for name in ("theme.css", "check.js", "icons.svg")]
    return " ".join([*pages, *files, url_for("published.attestation_keys")])


def _rows(facts: Facts, verdict: Verdict) -> list[tuple[str, str]]:
    """Return the rows of the certificate; of one no longer valid without rights, which could be taken for present."""
    shown = public_rows(facts)
    if verdict is not Verdict.GENUINE:
        shown = shown[: offline_words.PERSON_AND_DATES]
    return certificate_rows.formatted(shown)
