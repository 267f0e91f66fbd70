"""Passkeys in a real browser, whose device is Chromium's own virtual one (CDP, WebAuthn)."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from app.settings import Settings
from app.storage.models import Passkey
from tests import factories
from tests.factories import PASSWORD
from tests.servers.process import free_port

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def address(app: Flask, settings: Settings) -> Iterator[str]:
    """The service at a name: browsers make no key for a bare network address."""
    port = free_port()
    origin = f"http://localhost:{port}"
    app.extensions["settings"] = replace(settings, origin=origin)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield origin
    server.shutdown()
    thread.join()


def device(page: Page) -> None:
    """Give the browser a device that verifies its person at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": about | ready})


def sign_in(page: Page, address: str, person: Any) -> None:
    """Enter with number and password."""
    page.goto(f"{address}/fr/compte/connexion")
    page.get_by_label("Numéro étranger ou adresse e-mail").fill(person.foreign_number)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()


def test_a_key_is_made_and_opens_the_account_again(address: str, browser: Browser) -> None:
    person = factories.account()
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    device(page)
    sign_in(page, address, person)
    page.get_by_role("link", name="Mes clés d’accès").click()
    page.get_by_label("Nom de la clé").fill("mon téléphone")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Créer la clé sur cet appareil").click()
    page.wait_for_url("**/fr/suivi/cles?fait=ajout")
    expect(page.get_by_role("button", name="Retirer mon téléphone")).to_be_visible()
    assert Passkey.get().account_id == person.id

    context.clear_cookies()
    page.goto(f"{address}/fr/compte/connexion/cle")
    page.get_by_role("button", name="Utiliser ma clé").click()
    page.wait_for_url(f"{address}/fr/suivi/")
    context.close()


def test_without_a_device_or_scripts_the_page_names_the_other_way(address: str, browser: Browser) -> None:
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        if scripts:
            page.add_init_script("delete window.PublicKeyCredential")
        page.goto(f"{address}/fr/compte/connexion/cle")
        expect(page.get_by_role("button", name="Utiliser ma clé")).to_be_hidden()
        expect(page.get_by_role("link", name="Entrer avec le mot de passe")).to_be_visible()
        expect(page.get_by_text("Ce navigateur ne propose pas de clé ici")).to_be_visible()
        context.close()
