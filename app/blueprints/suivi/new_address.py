"""Another e-mail address for the account: asked for while signed in, confirmed by the link sent there."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.contact import address_step
from app.keys import KeyPurpose
from app.presenters.wait_messages import retry_wait
from app.services.access.refusals import AddressTaken, DeadLink, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import new_address as service
from app.web.access import browsers
from app.web.current import account, keys, now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import form_of, render_form


def ask() -> Response:
    """Ask for another address (GET), or send the link there (POST)."""
    person = account()
    form = form_of(address_step(bool(person.password_hash)))
    if not form.validate_on_submit():
        return render_form("suivi/address.html", form, person=person)
    answers = form.answers
    try:
        service.ask(
            person,
            answers["email"],
            answers.get("password", ""),
            browsers.origin(),
            keys(KeyPurpose.LINKS),
            now(),
        )
    except WrongCredentials:
        form.add_error("password", _("Ce mot de passe n’est pas celui de votre compte."))
    except TooSoon as soon:
        form.add_error("email", retry_wait(soon.until))
    if form.errors:
        return render_form("suivi/address.html", form, person=person)
    return redirect(url_for("suivi.address_sent"), 303)


def sent() -> Response:
    """Show that the link is on its way, and that nothing changes before it is used."""
    return render_page("suivi/address_sent.html", person=account())


def confirm(token: str) -> Response:
    """Confirm the new address by the link sent to it; opening the link does nothing: mail scanners open links too."""
    signed_by = keys(KeyPurpose.LINKS)
    try:
        _account, email = service.to_confirm(token, signed_by, now())
        if request.method == "GET":
            return render_page("suivi/address_confirm.html", email=email)
        service.confirm(token, signed_by, now())
    except DeadLink:
        if email := service.confirmed(token, signed_by, now()):  # on the way back, or after a second click
            return render_page("suivi/address_done.html", email=email)
        words = _("Il a déjà servi, ou il a plus de 24 heures. Recommencez : cela prend une minute.")
        return render_page("compte/dead_link.html", 410, again=url_for("suivi.address"), words=words)
    except AddressTaken:
        words = _("Cette adresse est déjà celle d’un autre compte. Choisissez-en une autre.")
        return render_page("compte/dead_link.html", 409, again=url_for("suivi.address"), words=words)
    return render_page("suivi/address_done.html", email=email)
