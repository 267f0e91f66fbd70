"""The application factory."""

from flask import Flask
from flask_wtf import CSRFProtect
from htmx_flask import Htmx

from app import logs
from app.blueprints import (
    accueil,
    administration,
    agents,
    aide,
    attestations,
    compte,
    demande,
    embauche,
    instruction,
    orientation,
    published,
    suivi,
)
from app.deployment import Clock, Gateways
from app.intake import require_confinement
from app.keys import KeyPurpose, Keyring
from app.reference import communes
from app.settings import Settings
from app.storage import sealing
from app.storage.database import bind
from app.storage.shared_clock import SharedClock
from app.web import connections, errors
from app.web.access import admission, browsers, cookies, letter_links, modes, sign_in
from app.web.http import compression, form_data, head_requests, headers, proxies, sizes
from app.web.http.patience import PatientFlask
from app.web.localisation import language
from app.web.operators import health
from app.web.pages import assets, rendering
from app.web.posted import kept_forms

STATEMENT_SECONDS = 10  # of a page; the worker binds its database anew, with more


def create_app(settings: Settings, clock: Clock | None = None, gateways: Gateways | None = None) -> Flask:
    """Build the Flask application for one deployment; tests replace `clock` and `gateways`."""
    clock = clock or SharedClock()
    ring = Keyring(settings.keyring, clock)
    app = PatientFlask(__name__, static_folder=None)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = settings.translations_dir
    cookies.install(app, ring, settings)
    app.extensions.update(
        settings=settings,
        clock=clock,
        keyring=ring,
        gateways=gateways or Gateways.from_settings(settings, ring),
    )
    sealing.bind(ring.of(KeyPurpose.AUTHENTICATORS))
    bind(settings.database_url, STATEMENT_SECONDS, settings.read_database_url)
    communes.open_reference(settings.reference_dir)
    logs.install(app)
    proxies.install(app, settings.trusted_proxies, required=not settings.demonstration)
    compression.install(app, app.config["SESSION_COOKIE_NAME"])
    sizes.install(app)
    connections.install(app)
    health.install(app, production=not settings.demonstration)
    require_confinement(not settings.demonstration)
    language.install(app, settings.languages)
    CSRFProtect(app)
    Htmx(app)
    form_data.install(app)
    modes.install(app)
    sign_in.install(app)
    browsers.install(app)
    letter_links.install(app)
    admission.install(app)
    kept_forms.install(app)
    errors.install(app)
    rendering.install(app)
    _register_blueprints(app, settings)
    answering = head_requests.wrap(headers.wrap(app.wsgi_app, settings.secure))
    # Flask documents assigning wsgi_app for middleware; its stubs declare a method.
    app.wsgi_app = assets.StaticFiles(answering, settings.static_dir, settings.secure)  # type: ignore[method-assign]
    return app


def _register_blueprints(app: Flask, settings: Settings) -> None:
    public = (accueil, orientation, compte, demande, suivi, attestations, embauche, aide)
    app.register_blueprint(published.bp)
    for package in (*public, instruction, agents, administration):
        app.register_blueprint(package.bp, url_prefix=f"/<lang:lang>{package.bp.url_prefix or ''}")
    if settings.demonstration:
        from app.blueprints import dev  # imports app.demonstration, which production must not load

        app.register_blueprint(dev.bp, url_prefix="/dev")
