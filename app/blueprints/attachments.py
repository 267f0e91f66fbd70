"""Files attached to a message: the accepted ones are stored, the first refusal is reported."""

from flask import request

from app.blueprints import sent_files
from app.domain.rules.uploads import CURES, REASONS, Refusal, Refused
from app.services.conversations import attachments as stored
from app.services.conversations.attachments import StoredAttachments
from app.web.current import gateways, now
from app.web.localisation.language import gettext as _


def store_attachments(source: str) -> StoredAttachments:
    """Store the accepted files of this request; `source` is the sender: an account, an agent or an address."""
    sent = sent_files.chosen()
    outside = gateways()
    return stored.store_attachments(sent, outside.scanner, outside.files, now(), source)


def refusal_key(kept: StoredAttachments) -> str:
    """Return the reason of the first refusal, for the query of a redirect; "" without one."""
    return str(kept.refused.reason) if kept.refused else ""


def copy_refusal(kept: StoredAttachments) -> str:
    """Return why the only file of this request was refused, and what to do; "" where none was sent."""
    if kept.refused is None:
        return ""
    why, cure = _why_and_cure(kept.refused)
    return f"{why} {cure}"


def _why_and_cure(refused: Refused) -> tuple[str, str]:
    sent_files.tell_wait([refused])
    values = {**refused.values, "name": _("Un fichier")}
    return _(REASONS[refused.reason], **values), _(CURES[refused.reason], **values)


def refusal_sentence() -> str:
    """Return the sentence of the refusal that the query names, "" without one; say when to come back."""
    named = request.args.get("refus", "")
    if named not in list(Refusal):
        return ""
    why, cure = _why_and_cure(Refused(Refusal(named)))
    return _("Votre message est envoyé, mais pas tous ses fichiers. %(why)s %(cure)s", why=why, cure=cure)
