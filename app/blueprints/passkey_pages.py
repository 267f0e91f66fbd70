"""The page « Mes clés d’accès », of applicants and of agents alike: list, add after the password, remove."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.public_forms.passkeys import passkey_step
from app.forms.steps import StepForm
from app.presenters.wait_messages import retry_wait
from app.services import passkeys
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.passkeys import NotAccepted, TooManyKeys
from app.web.access import passkeys as web
from app.web.current import now
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import render_page
from app.web.posted.forms import blank_form, form_fields, form_of

if TYPE_CHECKING:
    from app.storage.models import Account, Agent


@dataclass(frozen=True)
class Pages:
    """The pages of one side: its addresses, its template, and how the password is checked."""

    template: str
    listed: str  # endpoints
    added: str
    removed: str
    require: Callable[[str], None]  # raises WrongCredentials, TooSoon

    def show(self, person: "Account | Agent", with_password: bool) -> Response:
        """List the keys; after the password and a name (POST), show the button that makes one."""
        step = passkey_step(with_password)
        form = form_of(step)
        if not form.validate_on_submit():
            return self._page(person, form)
        if len(passkeys.of(person)) >= passkeys.MOST:
            form.add_error("name", self._too_many())
            return self._page(person, form)
        try:
            self.require(form.answers.get("password", ""))
        except WrongCredentials:
            form.add_error("password", _("Ce mot de passe n’est pas celui de votre compte."))
            return self._page(person, form)
        except TooSoon as soon:
            form.add_error("password", retry_wait(soon.until))
            return self._page(person, form, 429)
        options = passkeys.options_to_add(web.site(), person, web.new_challenge())
        return self._page(person, form, options=options, name=form.answers["name"])

    def add(self, person: "Account | Agent", with_password: bool) -> Response:
        """Keep the key that the device made."""
        name = request.form.get("name", "").strip()[: passkeys.NAME_LENGTH] or _("Clé d’accès")
        form = blank_form(passkey_step(with_password), {"name": name})
        try:
            challenge = web.answered_challenge()
            passkeys.add(web.site(), person, challenge, request.form.get("answer", ""), name, now())
        except NotAccepted:
            form.add_error("name", _("La clé n’a pas été créée. Recommencez."))
            return self._page(person, form)
        except TooManyKeys:
            form.add_error("name", self._too_many())
            return self._page(person, form)
        return redirect(url_for(self.listed, fait="ajout"), 303)

    def remove(self, person: "Account | Agent", number: int) -> Response:
        """Remove a key."""
        passkeys.remove(person, number, now())
        return redirect(url_for(self.listed, fait="retrait"), 303)

    def _page(
        self, person: "Account | Agent", form: StepForm, status: int = 200, options: str = "", name: str = ""
    ) -> Response:
        fields: dict[str, Any] = form_fields(form)
        return render_page(
            self.template,
            422 if fields["wrong"] and status == 200 else status,
            step=form.step,
            **fields,
            keys=passkeys.of(person),
            offered=web.site().offers,
            options=options,
            name=name,
            pages=self,
            done=request.args.get("fait", ""),
        )

    def _too_many(self) -> str:
        sentence = _("Vous avez déjà %(most)s clés. Retirez-en une d’abord.")
        return sentence % {"most": passkeys.MOST}
