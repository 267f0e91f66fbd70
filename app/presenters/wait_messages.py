"""How long to wait before the next try, the next code or the next e-mail."""

from datetime import datetime
from math import ceil

from flask_babel import gettext as _
from flask_babel import ngettext

from app.web.current import now


def retry_wait(until: datetime) -> str:
    """How long until the next try."""
    wait = _duration(until)
    return _("Plusieurs essais ont échoué. Attendez %(wait)s, puis réessayez.", wait=wait)


def resend_wait(until: datetime) -> str:
    """How long until another code can be sent."""
    wait = _duration(until)
    return _("Un code vient de partir. Attendez %(wait)s avant d’en demander un autre.", wait=wait)


def email_wait(until: datetime) -> str:
    """How long until another e-mail can go to the same address."""
    wait = _duration(until)
    return _("Plusieurs e-mails sont déjà partis à cette adresse. Attendez %(wait)s.", wait=wait)


def _duration(until: datetime) -> str:
    seconds = max(1, ceil((until - now()).total_seconds()))
    if seconds < 60:
        return ngettext("%(num)s seconde", "%(num)s secondes", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", ceil(seconds / 60))
