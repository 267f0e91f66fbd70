"""Sign-up in three screens: the permit or visa, the verified e-mail address, the password."""

from datetime import date
from typing import TYPE_CHECKING

from flask import redirect, request, session, url_for
from werkzeug.wrappers import Response

from app.domain.journeys.journey import Step
from app.domain.public_forms.account import EMAIL, IDENTIFY, IDENTIFY_VISA, OPEN, PASSWORD, VERIFY
from app.forms.steps import StepForm
from app.keys import KeyPurpose
from app.presenters.faulty_records import faulty_part
from app.presenters.wait_messages import code_wait, resend_wait, retry_wait
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import WrongCode
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts, signups
from app.services.accounts.signups import (
    AccountExists,
    FaultyRecord,
    NotRecognised,
    NotVerified,
    RegisterAway,
    Typed,
)
from app.web.access import browsers, sign_in
from app.web.current import gateways, keys, now
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_of, format_problem, render_form

if TYPE_CHECKING:
    from app.storage.models import Signup

SIGNUP = "signup"  # key in the cookie: token of the sign-up


def identify() -> Response:
    """Screen 1: identify a permit by its number and both dates."""
    return _identify(IDENTIFY, "number")


def identify_visa() -> Response:
    """Screen 1, for a visa instead of a permit."""
    return _identify(IDENTIFY_VISA, "visa")


def _identify(step: Step, number: str) -> Response:
    """Identify a permit or a visa; the page of a refusal does not say which part of the data was wrong."""

    def shown(form: StepForm, status: int = 200, refused: str = "", part: str = "") -> Response:
        context = {"refused": refused, "part": part, "visa": number == "visa"}
        return render_form("compte/identify.html", form, status, **context)

    form = form_of(step)
    if not form.validate_on_submit():
        again = request.method == "GET" and "again" in request.args
        return shown(form, refused="over" if again else "")
    typed = _typed(form.answers, number)
    try:
        token = signups.identify(gateways().register, typed, browsers.origin(), language(), now())
    except NotRecognised:
        return shown(form, 422, "unknown")
    except TooSoon as soon:
        form.add_error(number, retry_wait(soon.until))
        return shown(form, 429)
    except RegisterAway:
        return shown(form, 503, "away")
    except FaultyRecord as fault:
        return shown(form, 422, "faulty", part=faulty_part(fault.part))
    session[SIGNUP] = token
    return redirect(url_for("compte.email"), 303)


def _typed(answers: dict[str, str], number: str) -> Typed:
    first, last = (date.fromisoformat(answers[key]) for key in ("valid_from", "valid_until"))
    return Typed(answers[number], first, last, on_visa=number == "visa")


def email() -> Response:
    """Screen 2: send a code to the e-mail address."""
    signup = _signup()
    if signup is None:
        return _restart()
    form = form_of(EMAIL, {"email": signup.email})
    if not form.validate_on_submit():
        return render_form("compte/email.html", form)
    address = form.answers["email"]
    try:
        signups.set_email(signup, address, keys(KeyPurpose.LINKS), browsers.origin(), now())
    except TooSoon as soon:
        if address != signup.email:
            form.add_error("email", resend_wait(soon.until))
            return render_form("compte/email.html", form, 429)
    return redirect(url_for("compte.verify"), 303)


def verify(token: str = "") -> Response:
    """Screen 2, continued: verify the address by its code, or by the link on any device."""
    if token:
        return _verify_by_link(token)
    signup = _signup()
    if signup is None or not signup.email:
        return _restart()
    if signup.verified_at:
        return redirect(url_for("compte.password"), 303)
    form = form_of(VERIFY)
    if not form.validate_on_submit():
        return render_form("compte/verify.html", form, email=signup.email)
    try:
        signups.verify(signup, form.answers["code"], browsers.origin(), now())
    except WrongCode as wrong:
        return _code_page(signup, 422, _wrong_code(wrong.left))
    except TooSoon as soon:
        return _code_page(signup, 429, code_wait(soon.until))
    return redirect(url_for("compte.password"), 303)


def _wrong_code(left: int) -> str:
    if left:
        return _("Ce code n’est pas le bon. Recopiez les 6 chiffres du dernier e-mail reçu.")
    return _("Ce code n’est plus valable. Demandez-en un nouveau avec le bouton plus bas.")


def _code_page(signup: "Signup", status: int, error: str) -> Response:
    """Return the page of the code with an error and without the typed code."""
    form = blank_form(VERIFY)
    form.add_error("code", error)
    return render_form("compte/verify.html", form, status, email=signup.email)


def _verify_by_link(token: str) -> Response:
    """Verify the address by the link, by POST only: mail scanners open links too."""
    signup = signups.signup_of_link(token, keys(KeyPurpose.LINKS), now())
    if signup is None:
        return render_page("compte/dead_link.html", 410, again=url_for("compte.identify"))
    here = _signup()
    if request.method == "POST":
        signups.confirm(signup, now())
        same = here is not None and here.id == signup.id
        return redirect(url_for("compte.password") if same else request.path, 303)
    return render_page("compte/link.html", email=signup.email, verified=bool(signup.verified_at))


def resend() -> Response:
    """Send a new code to the same address."""
    signup = _signup()
    if signup is None or not signup.email:
        return _restart()
    try:
        signups.set_email(signup, signup.email, keys(KeyPurpose.LINKS), browsers.origin(), now())
    except TooSoon as soon:
        return _code_page(signup, 429, resend_wait(soon.until))
    return redirect(url_for("compte.verify", sent=1), 303)


def password() -> Response:
    """Screen 3: choose a password, unless one comes later by letter; create the account and sign in."""
    signup = _signup()
    if signup is None:
        return _restart()
    if not signup.verified_at:
        return redirect(url_for("compte.verify" if signup.email else "compte.email"), 303)
    step = PASSWORD if signups.chooses_password(signup) else OPEN
    form = form_of(step)
    if not form.validate_on_submit():
        return _last_page(signup, form)
    try:
        account = signups.create(signup, form.answers.get("password", ""), now())
    except WeakPassword as weak:
        form.add_error("password", format_problem(weak.problem))
        return _last_page(signup, form)
    except (AccountExists, NotVerified):
        return redirect(url_for("compte.sign_in"), 303)
    sign_in.start_session(accounts.admit(account, browsers.origin(), "sign-up", now(), first=True))
    browsers.keep()
    return redirect(url_for("suivi.space"), 303)


def _last_page(signup: "Signup", form: StepForm) -> Response:
    template = "compte/password.html" if "password" in form else "compte/open.html"
    return render_form(template, form, number=signup.foreign_number, email=signup.email)


def _signup() -> "Signup | None":
    token = session.get(SIGNUP)
    return signups.signup_of(token, now()) if token else None


def _restart() -> Response:
    return redirect(url_for("compte.identify", again=1), 303)
