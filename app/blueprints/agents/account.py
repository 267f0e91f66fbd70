"""An agent's own account (« Mon compte »): sessions, password, recovery codes, e-mails."""

from typing import TYPE_CHECKING, Any, cast

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.domain.agent_forms.own_account import CHANGE_PASSWORD, DAILY, NEW_CODES, NO_MAIL, letters_step
from app.domain.dossiers.ranks import RANK_TITLES, Rank
from app.keys import KeyPurpose
from app.languages import language_of
from app.presenters import recovery_codes_display
from app.presenters.wait_messages import retry_wait
from app.services import passkeys
from app.services.access import known_browsers, sessions
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.messages import contact_details
from app.services.staff import agent_passwords, recovery_codes
from app.storage.people import agent_links as links
from app.web.access import browsers
from app.web.access.audiences import first_page
from app.web.current import agent, keys, now, settings
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_of, format_problem, render_staff_form

if TYPE_CHECKING:
    from app.storage.models import Session


def account() -> Response:
    """Show the agent's account."""
    me = agent()
    return render_page(
        "agents/account.html",
        me=me,
        rank=RANK_TITLES[Rank(me.rank)],
        sessions=sessions.opened(me, now()),
        this=_session().id,
        left=links.recovery_codes_left(me.id),
        passkeys=passkeys.of(me),
        low=recovery_codes.LOW_COUNT,
        language=language_of(me.language).name,
        done=request.args.get("fait", ""),
    )


def stay() -> Response:
    """Extend the session; any request does."""
    if request.method == "POST":
        return redirect(url_for("agents.stay"), 303)
    return render_page("compte/stayed.html")


def end_session(number: int) -> Response:
    """End another session of the agent; the present one ends by signing out."""
    if number != _session().id:
        sessions.end_one(agent(), number)
    return redirect(url_for("agents.account", fait="session"), 303)


def end_others() -> Response:
    """End every session of the agent except this one."""
    sessions.end_all(agent(), but=_session())
    known_browsers.forget(agent(), but=browsers.origin().browser)
    return redirect(url_for("agents.account", fait="session"), 303)


def password() -> Response:
    """Change the password, given the present one."""
    form = form_of(CHANGE_PASSWORD)
    if not form.validate_on_submit():
        return render_staff_form("agents/password.html", form)
    try:
        typed = form.answers["current"], form.answers["password"]
        agent_passwords.change(agent(), *typed, _session(), browsers.origin(), now())
    except WrongCredentials:
        form.add_error("current", _wrong_password())
        return render_staff_form("agents/password.html", form)
    except TooSoon as soon:
        form.add_error("current", retry_wait(soon.until))
        return render_staff_form("agents/password.html", form, 429)
    except WeakPassword as weak:
        form.add_error("password", format_problem(weak.problem))
        return render_staff_form("agents/password.html", form)
    return redirect(url_for("agents.account", fait="password"), 303)


def codes() -> Response:
    """Show new recovery codes until they are noted, otherwise how many are left; make new ones on POST."""
    if request.method == "POST":
        return _new_codes()
    seed = recovery_codes_display.seed(now())
    drawn = recovery_codes.codes_from_seed(keys(KeyPurpose.CODES), seed)
    if drawn:
        return render_page(
            "agents/shown_codes.html", codes=drawn, me=agent(), first="premiers" in request.args
        )
    return render_staff_form("agents/codes.html", blank_form(NEW_CODES), **_left())


def _new_codes() -> Response:
    form = form_of(NEW_CODES)
    if not form.validate():
        return render_staff_form("agents/codes.html", form, **_left())
    try:
        agent_passwords.require(agent(), form.answers["current"], now())
    except WrongCredentials:
        form.add_error("current", _wrong_password())
        return render_staff_form("agents/codes.html", form, **_left())
    except TooSoon as soon:
        form.add_error("current", retry_wait(soon.until))
        return render_staff_form("agents/codes.html", form, 429, **_left())
    seed = recovery_codes.new_seed(keys(KeyPurpose.CODES))
    recovery_codes.renew(agent(), recovery_codes.codes_from_seed(keys(KeyPurpose.CODES), seed))
    recovery_codes_display.show(seed, now())
    return redirect(url_for("agents.codes"), 303)


def codes_noted() -> Response:
    """Stop showing the new recovery codes."""
    recovery_codes_display.forget()
    return redirect(url_for(first_page(agent())), 303)


def letters() -> Response:
    """Choose the language of e-mails and, in a service, the mail of each day."""
    person = agent()
    languages = tuple(
        (code, language_of(code).name) for code in settings().languages if language_of(code).of_agents
    )
    known = {"language": person.language, DAILY: DAILY if person.daily_mail else NO_MAIL}
    form = form_of(letters_step(languages, person.service_id is not None), known)
    if not form.validate_on_submit():
        return render_staff_form("agents/letters.html", form)
    contact_details.write_to(person, form.answers["language"], form.answers.get(DAILY) == DAILY)
    return redirect(url_for("agents.account", fait="langue"), 303)


def _left() -> dict[str, Any]:
    return {
        "left": links.recovery_codes_left(agent().id),
        "low": recovery_codes.LOW_COUNT,
        "used": "secours" in request.args,
        "home": first_page(agent()),
    }


def _wrong_password() -> str:
    return _("Ce n’est pas votre mot de passe actuel.")


def _session() -> "Session":
    return cast("Session", current_user.session)
