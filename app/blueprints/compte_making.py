"""An account in three screens: the permit, the e-mail verified, the password (FAQ)."""

from datetime import date

from flask import redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.blueprints.compte_forms import blank, read, show, switching, told, waiting
from app.domain.procedures.account import EMAIL, IDENTIFY, PASSWORD, VERIFY
from app.gateways.register import RegisterUnavailable
from app.services import accounts, sessions
from app.services.accounts import AccountExists, NotRecognised, TooSoon, WeakPassword, WrongCode
from app.storage.models import Signup
from app.web import sign_in
from app.web.current import gateways, now
from app.web.language import language

SIGNUP = "signup"  # the key in the cookie of the browser that makes an account


def _signup() -> Signup | None:
    token = session.get(SIGNUP)
    return accounts.signup_of(token, now()) if token else None


def _begin_again() -> Response:
    return redirect(url_for("compte.identify"), 303)


def identify() -> Response:
    """Screen 1: number and both dates of the permit."""
    if request.method == "GET":
        return show("compte/identify.html", IDENTIFY, blank(IDENTIFY), refused="")
    reading = read(IDENTIFY)
    if switching() or reading.errors:
        return show("compte/identify.html", IDENTIFY, reading, 422, refused="")
    answers = reading.answers
    typed = (
        answers["number"],
        date.fromisoformat(answers["valid_from"]),
        date.fromisoformat(answers["valid_until"]),
    )
    try:
        token = accounts.identify(gateways().register, typed, request.remote_addr or "", language(), now())
    except NotRecognised:
        return show("compte/identify.html", IDENTIFY, reading, 422, refused="unknown")
    except AccountExists:
        return show("compte/identify.html", IDENTIFY, reading, 422, refused="exists")
    except TooSoon as soon:
        return show(
            "compte/identify.html", IDENTIFY, reading, 429, {"number": waiting(soon.until)}, refused=""
        )
    except RegisterUnavailable:
        return show("compte/identify.html", IDENTIFY, reading, 503, refused="away")
    session[SIGNUP] = token
    return redirect(url_for("compte.email"), 303)


def email() -> Response:
    """Screen 2: the address, before its code."""
    signup = _signup()
    if signup is None:
        return _begin_again()
    if request.method == "GET":
        return show("compte/email.html", EMAIL, blank(EMAIL, email=signup.email), again=False)
    reading = read(EMAIL)
    if switching() or reading.errors:
        return show("compte/email.html", EMAIL, reading, 422, again=False)
    try:
        accounts.set_email(signup, reading.answers["email"], now())
    except TooSoon:
        pass  # the code sent a moment ago is still the good one
    return redirect(url_for("compte.verify"), 303)


def verify() -> Response:
    """Screen 2, continued: the code received."""
    signup = _signup()
    if signup is None or not signup.email:
        return _begin_again()
    if request.method == "GET":
        return show("compte/verify.html", VERIFY, blank(VERIFY), email=signup.email)
    reading = read(VERIFY)
    if switching() or reading.errors:
        return show("compte/verify.html", VERIFY, reading, 422, email=signup.email)
    try:
        accounts.verify(signup, reading.answers["code"], now())
    except WrongCode as wrong:
        words = (
            _("Ce code n’est pas le bon. Recopiez les 6 chiffres du dernier e-mail reçu.")
            if wrong.left
            else _("Ce code ne vaut plus. Demandez-en un nouveau avec le bouton plus bas.")
        )
        return show("compte/verify.html", VERIFY, reading, 422, {"code": words}, email=signup.email)
    return redirect(url_for("compte.password"), 303)


def resend() -> Response:
    """Send a new code to the same address."""
    signup = _signup()
    if signup is None or not signup.email:
        return _begin_again()
    try:
        accounts.set_email(signup, signup.email, now())
    except TooSoon as soon:
        return show(
            "compte/verify.html",
            VERIFY,
            blank(VERIFY),
            429,
            {"code": waiting(soon.until)},
            email=signup.email,
        )
    return redirect(url_for("compte.verify"), 303)


def password() -> Response:
    """Screen 3: the password; the account is made and the person is in."""
    signup = _signup()
    if signup is None:
        return _begin_again()
    if signup.verified_at is None:
        return redirect(url_for("compte.email"), 303)
    if request.method == "GET":
        return show("compte/password.html", PASSWORD, blank(PASSWORD), identifier=signup.foreign_number)
    reading = read(PASSWORD)
    if switching() or reading.errors:
        return show("compte/password.html", PASSWORD, reading, 422, identifier=signup.foreign_number)
    try:
        account = accounts.create(signup, reading.answers["password"], now())
    except WeakPassword as weak:
        errors = {"password": told(weak.problem)}
        return show("compte/password.html", PASSWORD, reading, 422, errors, identifier=signup.foreign_number)
    except AccountExists:
        return redirect(url_for("compte.sign_in"), 303)
    sign_in.enter(sessions.begin(now(), account=account))
    return redirect(url_for("suivi.space"), 303)
