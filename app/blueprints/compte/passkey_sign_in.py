"""Applicants' sign-in with a passkey, in place of number and password."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.presenters.wait_messages import retry_wait
from app.services import passkeys
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.services.passkeys import NotAccepted
from app.web.access import browsers
from app.web.access import passkeys as web
from app.web.access import sign_in as browser
from app.web.current import now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted import kept_forms


def passkey() -> Response:
    """Show the button that asks the device for a key, or check its answer (POST)."""
    if request.method == "GET":
        return _page()
    try:
        challenge = web.answered_challenge()
        key = passkeys.enter(web.site(), challenge, request.form.get("answer", ""), browsers.origin(), now())
    except NotAccepted:
        return _page(
            _("Cette clé n’ouvre aucun compte ici. Recommencez, ou utilisez votre mot de passe."), 422
        )
    except TooSoon as soon:
        return _page(retry_wait(soon.until), 429)
    owner = passkeys.owner(key)
    after = _next()
    carried = request.form.get("kept", "")
    browser.start_session(accounts.admit(owner, browsers.origin(), "passkey", now()))
    browsers.keep()
    kept_forms.keep_carried(kept_forms.owner_of(owner), carried)
    return redirect(after or url_for("suivi.space"), 303)


def _page(wrong: str = "", status: int = 200) -> Response:
    options = passkeys.options_to_enter(web.site(), web.new_challenge()) if web.site().offers else ""
    carried = request.values.get("kept", "")
    return render_page(
        "compte/passkey.html", status, options=options, problem=wrong, next_path=_next(), carried=carried
    )


def _next() -> str:
    return browser.own_address(request.values.get("next", ""))
