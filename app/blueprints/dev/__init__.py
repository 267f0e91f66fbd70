"""Pages of the demonstration only: sent e-mails and text messages, one-time codes, all components."""

import pyotp
from flask import Blueprint, Response, abort

from app.blueprints.dev.samples import SAMPLES
from app.demonstration import mailbox as sent
from app.demonstration.staff import AGENTS, TOTP_SECRET
from app.web.current import gateways, now
from app.web.pages.rendering import render_page

bp = Blueprint("dev", __name__)


@bp.get("/composants")
def components() -> Response:
    """Show each macro in each of its states."""
    return render_page("dev/components.html", **SAMPLES)


@bp.get("/messages")
def mailbox() -> Response:
    """List the e-mails and text messages that a demonstration stored instead of sending."""
    code = pyotp.TOTP(TOTP_SECRET).at(now())
    letters, texts = sent.letters(gateways()), sent.texts(gateways())
    return render_page("dev/mailbox.html", letters=letters, texts=texts, agents=AGENTS, code=code)


@bp.get("/messages/<name>")
def message(name: str) -> Response:
    """Show one e-mail; 404 for an unknown name."""
    letter = sent.letter(gateways(), name) or abort(404)
    return render_page("dev/message.html", letter=letter, text=letter.get_content())
