"""What was being typed when the session ended: given back after signing in, to whoever typed it."""

from random import Random
from typing import Any

import pytest

from app.storage.models import Account, KeptForm
from app.storage.people.accounts import saved_form
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


def expired(inside: PageClient, clock: Clock, form: dict[str, Any], path: str = STEP) -> Any:
    """Send a form a moment too late; the answer."""
    clock.advance(minutes=31)
    return inside.post(path, form)


def test_what_was_typed_too_late_comes_back_after_signing_in(
    inside: PageClient, clock: Clock, account: Account
):
    answer = expired(inside, clock, FORM | {"seen": "abc", "password": "no"})
    assert answer.status_code == 401
    assert "Ce que vous aviez écrit est gardé" in words(answer)
    sent = credentials(account, kept=hidden(answer, "kept"), next=hidden(answer, "next"))
    assert inside.post(DOOR, sent).location == STEP
    assert dict(saved_form(account.id, STEP) or []) == FORM


def test_a_wrong_password_on_the_way_loses_nothing(inside: PageClient, clock: Clock, account: Account):
    answer = expired(inside, clock, FORM)
    kept = hidden(answer, "kept")
    answer = inside.post(DOOR, credentials(account, password="wrong", kept=kept))
    assert hidden(answer, "kept") == kept


@pytest.mark.parametrize("path", ["/en/demande/etudiant/motif", "/en/compte/connexion"])
def test_changing_language_at_the_door_loses_nothing(
    inside: PageClient, clock: Clock, account: Account, path: str
):
    answer = expired(inside, clock, FORM)
    sent = {"identifier": "", "password": "", "kept": hidden(answer, "kept"), "next": hidden(answer, "next")}
    answer = inside.post(path, sent | {"switch_language": "en"})
    assert '<html lang="en">' in answer.get_data(as_text=True)
    assert hidden(answer, "kept") == sent["kept"]
    signed = inside.post("/en/compte/connexion", credentials(account, kept=sent["kept"]))
    assert signed.location == STEP.replace("/fr/", "/en/")
    assert dict(saved_form(account.id, signed.location) or []) == FORM


def test_somebody_else_at_the_same_browser_does_not_get_it(inside: PageClient, clock: Clock):
    answer = expired(inside, clock, FORM)
    neighbour = factories.account()
    inside.post(DOOR, credentials(neighbour, kept=hidden(answer, "kept")))
    assert KeptForm.select().count() == 0


def test_without_a_cookie_whoever_typed_it_gets_it(visitor: Visitor, account: Account):
    client = visitor()
    answer = client.post(STEP, FORM)
    assert answer.status_code == 401
    client.post(DOOR, credentials(account, kept=hidden(answer, "kept")))
    assert dict(saved_form(account.id, STEP) or []) == FORM


@pytest.mark.parametrize("how", ["late", "made up"])
def test_what_is_too_old_or_not_ours_is_dropped(inside: PageClient, clock: Clock, account: Account, how: str):
    kept = hidden(expired(inside, clock, FORM), "kept")
    clock.advance(minutes=31 if how == "late" else 0)
    answer = inside.post(DOOR, credentials(account, kept=kept if how == "late" else f"x{kept}"))
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
    ],
    ids=["nothing", "spaces", "too much", "too long an address", "no fields"],
)
def test_nothing_to_keep_or_too_much_is_told_as_such(
    inside: PageClient, clock: Clock, path: str, form: dict[str, str]
):
    answer = expired(inside, clock, form, path)
    assert answer.status_code == 401
    assert not hidden(answer, "kept")
    assert "Reconnectez-vous\u00a0: ce qui était enregistré l’est toujours." in answer.get_data(as_text=True)


def test_an_act_that_is_no_page_leads_to_the_space(inside: PageClient, clock: Clock, account: Account):
    answer = expired(inside, clock, {"note": "x"}, "/fr/demande/etudiant/deposer")
    if answer.status_code == 404:
        pytest.fail("the address of this test is no longer one of the service's")
    assert inside.post(DOOR, credentials(account, next=hidden(answer, "next"))).status_code == 303


def test_a_script_is_led_to_the_door_and_back_to_its_page(inside: PageClient, clock: Clock):
    clock.advance(minutes=31)
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{STEP}"}
    answer = inside.get(f"{STEP}/communes?postcode=69003", headers=headers)
    assert answer.status_code == 200
    assert answer.get_data() == b""
    assert answer.headers["HX-Redirect"] == f"{DOOR}?next={STEP}"
