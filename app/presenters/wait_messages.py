"""Sentences for delays: before the next try, the next code, the next e-mail."""

from datetime import datetime
from math import ceil

from app.web.current import now
from app.web.localisation.language import gettext as _
from app.web.localisation.language import ngettext


def retry_wait(until: datetime) -> str:
    """Return the sentence for a delay after failures."""
    wait = _duration(until)
    return _("Plusieurs essais ont échoué. Attendez %(wait)s, puis réessayez.", wait=wait)


def code_wait(until: datetime) -> str:
    """Return the sentence for a delay after wrong codes of several letters."""
    wait = _duration(until)
    return _(
        "Trop de codes faux pour cette adresse. Ouvrez plutôt le lien du dernier e-mail reçu : il marche tout de "
        "suite. Sinon, attendez %(wait)s.",
        wait=wait,
    )


def resend_wait(until: datetime) -> str:
    """Return the sentence for a delay between two codes."""
    wait = _duration(until)
    return _("Un code vient de partir. Attendez %(wait)s avant d’en demander un autre.", wait=wait)


def email_wait(until: datetime) -> str:
    """Return the sentence for a delay between e-mails to one address."""
    wait = _duration(until)
    return _("Plusieurs e-mails sont déjà partis à cette adresse. Attendez %(wait)s.", wait=wait)


def _duration(until: datetime) -> str:
    seconds = max(1, ceil((until - now()).total_seconds()))
    if seconds < 60:
        return ngettext("%(num)s seconde", "%(num)s secondes", seconds)
    if seconds <= 90 * 60:
        return ngettext("%(num)s minute", "%(num)s minutes", ceil(seconds / 60))
    return ngettext("%(num)s heure", "%(num)s heures", ceil(seconds / 3600))
