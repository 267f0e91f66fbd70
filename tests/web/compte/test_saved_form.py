"""What was being typed when the session ended: given back after signing in, to whoever typed it."""

from random import Random
from typing import Any

import pytest
from peewee import OperationalError
from werkzeug.test import TestResponse

from app.services.access import kept_forms
from app.services.access.kept_forms import Owner
from app.storage.models import Account, KeptForm
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.accounts import Visitor, credentials, hidden, words

DOOR = "/fr/compte/connexion"
STEP = "/fr/demande/etudiant/motif"


@pytest.fixture
def account(visitor: Visitor) -> Account:
    return factories.account()


@pytest.fixture
def inside(visitor: Visitor, account: Account) -> PageClient:
    """A browser with the person signed in, on a page of theirs."""
    return visitor().sign_in(account)


TOO_LONG = Random(1).randbytes(80_000).hex()
FORM = {"diploma": "Master", "course": "Lettres & <arts>", "note": "été\nà Lyon"}


def expired(inside: PageClient, clock: Clock, form: dict[str, Any], path: str = STEP) -> TestResponse:
    """Send a form a moment too late; the sign-in page that this leads to."""
    clock.advance(minutes=31)
    answer = inside.post(path, form)
    assert answer.status_code == 303
    return inside.get(answer.location)


def kept(person: Account) -> dict[str, dict[str, str]]:
    """What is kept of a person, by address."""
    return {path: dict(fields) for path, fields in kept_forms.of(Owner("account", person.id)).items()}


BACK = f"{STEP}#garde"


def test_what_was_typed_too_late_comes_back_after_signing_in(
    inside: PageClient, clock: Clock, account: Account
):
    page = expired(inside, clock, FORM | {"seen": "abc", "password": "no"})
    assert "Ce que vous aviez écrit est gardé" in words(page)
    assert kept(account) == {"/demande/etudiant/motif": FORM | {"seen": "abc"}}, "no password"
    assert inside.post(DOOR, credentials(account, next=hidden(page, "next"))).location == BACK


def test_a_wrong_password_on_the_way_loses_nothing(inside: PageClient, clock: Clock, account: Account):
    page = expired(inside, clock, FORM)
    wrong = inside.post(DOOR, credentials(account, password="wrong", next=hidden(page, "next")))
    assert inside.post(DOOR, credentials(account, next=hidden(wrong, "next"))).location == BACK


def test_changing_language_at_the_door_loses_nothing(inside: PageClient, clock: Clock, account: Account):
    page = expired(inside, clock, FORM)
    sent = {"identifier": "", "password": "", "next": hidden(page, "next"), "switch_language": "en"}
    english = inside.post("/en/compte/connexion", sent)
    assert '<html lang="en"' in english.text
    signed = inside.post("/en/compte/connexion", credentials(account, next=hidden(english, "next")))
    assert signed.location == BACK.replace("/fr/", "/en/")


def test_somebody_else_at_the_same_browser_does_not_get_it(
    inside: PageClient, clock: Clock, account: Account
):
    expired(inside, clock, FORM)
    neighbour = factories.account()
    inside.post(DOOR, credentials(neighbour))
    assert kept(neighbour) == {}
    assert kept(account)


@pytest.mark.parametrize("script", [False, True])
def test_without_a_cookie_whoever_typed_it_gets_it(visitor: Visitor, account: Account, script: bool):
    """Signed out in another tab: whose form it was is not known, and it goes with the sign-in page."""
    client = visitor()
    answer = client.post(STEP, FORM, headers={"HX-Request": "true"} if script else {})
    assert answer.status_code == (200 if script else 401)
    assert answer.headers.get("HX-Retarget") == ("body" if script else None)
    client.post(DOOR, credentials(account, kept=hidden(answer, "kept")))
    assert kept(account) == {"/demande/etudiant/motif": FORM}


@pytest.mark.parametrize("how", ["late", "made up"])
def test_what_is_too_old_or_not_ours_is_dropped(visitor: Visitor, clock: Clock, account: Account, how: str):
    client = visitor()
    carried = hidden(client.post(STEP, FORM), "kept")
    clock.advance(minutes=31 if how == "late" else 0)
    answer = client.post(DOOR, credentials(account, kept=carried if how == "late" else f"x{carried}"))
    assert answer.status_code == 303
    assert KeptForm.select().count() == 0


@pytest.mark.parametrize(
    ("path", "form"),
    [
        (STEP, {}),
        (STEP, {"note": "   "}),
        (STEP, {"note": TOO_LONG}),
        ("/fr/demande/etudiant/" + "x" * 300, FORM),
        ("/fr/compte/rester", {}),
        ("/fr/suivi/69-2026-000001-4/complement/passport", {"choice": "keep"}),
    ],
    ids=["nothing", "spaces", "too much", "too long an address", "no fields", "a button"],
)
def test_nothing_to_keep_or_too_much_is_told_as_such(
    inside: PageClient, clock: Clock, path: str, form: dict[str, str]
):
    page = expired(inside, clock, form, path)
    assert KeptForm.select().count() == 0
    assert "Reconnectez-vous\u00a0: ce qui était enregistré l’est toujours." in page.text


def test_an_act_without_a_page_leads_back_to_the_page_of_its_form(
    inside: PageClient, clock: Clock, account: Account
):
    clock.advance(minutes=31)
    behind = "http://localhost/fr/demande/etudiant/justificatifs?x=1"
    answer = inside.post("/fr/demande/etudiant/ephoto", {"code": "7K2M"}, headers={"Referer": behind})
    page = inside.get(answer.location)
    signed = inside.post(DOOR, credentials(account, next=hidden(page, "next")))
    assert signed.location == "/fr/demande/etudiant/justificatifs?x=1#garde"


def test_a_script_is_led_to_the_door_and_back_to_its_page(inside: PageClient, clock: Clock, account: Account):
    clock.advance(minutes=31)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{STEP}"}
    answer = inside.get(f"{STEP}/communes?postcode=69003", headers=headers)
    assert answer.status_code == 200
    assert answer.get_data() == b""
    assert answer.headers["HX-Redirect"] == f"{DOOR}?next={STEP}"
    typed = inside.post("/fr/demande/etudiant/ephoto", {"code": "7K2M"}, headers=headers)
    assert typed.headers["HX-Redirect"] == f"{DOOR}?next={STEP}%23garde&garde=1"
    assert kept(account) == {"/demande/etudiant/ephoto": {"code": "7K2M"}}


def test_the_form_of_a_page_of_another_session_is_shown_again(inside: PageClient, account: Account):
    """Signed out and in again in another tab: the form's token is no longer the session's."""
    inside.token = "old"
    answer = inside.post("/fr/suivi/coordonnees", {"phone": "06 12 34 56 79"})
    assert answer.location == "/fr/suivi/coordonnees#garde"
    assert 'value="06 12 34 56 79"' in inside.get(answer.location).text
    typed = {"phone": "06 12 34 56 79", "language": "fr", "password": factories.PASSWORD}
    inside.post("/fr/suivi/coordonnees", typed)
    assert KeptForm.select().count() == 0, "sent again: it is no longer kept"


def test_no_other_site_puts_words_into_a_form(inside: PageClient):
    inside.token = "none"
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert inside.post("/fr/suivi/coordonnees", {"phone": "x"}, headers=foreign).status_code == 400
    assert KeptForm.select().count() == 0


def test_a_database_that_goes_away_after_an_act_does_not_hide_it(
    inside: PageClient, clock: Clock, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = expired(inside, clock, FORM)

    def gone(*given: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(kept_forms, "forget", gone)
    assert inside.post(DOOR, credentials(account, next=hidden(page, "next"))).location == BACK
