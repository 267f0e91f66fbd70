"""Pages of the demonstration only: sent e-mails and text messages, one-time codes, all components, names of sentences."""

import pyotp
from flask import Blueprint, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.blueprints.dev.samples import SAMPLES
from app.demonstration import mailbox as sent
from app.demonstration.staff import AGENTS, TOTP_SECRET
from app.web.current import gateways, now
from app.web.localisation.named import COOKIE
from app.web.pages.rendering import render_page

bp = Blueprint("dev", __name__)


@bp.before_app_request
def name_sentences() -> None:
    """Let each sentence say which entry of the catalogues it is, in browsers that asked on the page of sentences."""
    g.naming = COOKIE in request.cookies


@bp.get("/phrases")
def sentences() -> BaseResponse:
    """Tell how sentences are named, and begin or end it: `?nommer=1`, `?nommer=0`."""
    wanted = request.args.get("nommer")
    if not wanted:
        return render_page("dev/sentences.html", shown=g.naming)
    answer = redirect(url_for("dev.sentences"), 303)
    if wanted == "1":
        answer.set_cookie(COOKIE, "1", samesite="Lax")
    else:
        answer.delete_cookie(COOKIE)
    return answer


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
