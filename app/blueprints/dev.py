"""For the demonstration alone: letters and messages sent, one-time codes, and every component in its states."""

import pyotp
from flask import Blueprint, Response, abort

from app.blueprints.dev_samples import FIELDS, SLOTS, STEPS
from app.demonstration.people import AGENTS, TOTP_SECRET
from app.gateways.mail import FolderMailer
from app.gateways.sms import FolderTexter
from app.web.current import gateways, now
from app.web.rendering import page

bp = Blueprint("dev", __name__)


@bp.get("/composants")
def components() -> Response:
    """Each macro in each of its states."""
    return page("dev/components.html", fields=FIELDS, slots=SLOTS, steps_sample=STEPS)


@bp.get("/messages")
def mailbox() -> Response:
    """What the service sent: nothing leaves a demonstration."""
    outside = gateways()
    letters = list(outside.mail.letters()) if isinstance(outside.mail, FolderMailer) else []
    texts = outside.sms.messages() if isinstance(outside.sms, FolderTexter) else []
    code = pyotp.TOTP(TOTP_SECRET).at(now())
    return page("dev/mailbox.html", letters=letters[:50], texts=texts[:50], agents=AGENTS, code=code)


@bp.get("/messages/<name>")
def message(name: str) -> Response:
    """One letter."""
    outside = gateways()
    if not isinstance(outside.mail, FolderMailer):
        abort(404)
    try:
        letter = outside.mail.letter(name)
    except FileNotFoundError:
        abort(404)
    return page("dev/message.html", letter=letter, text=letter.get_content())
