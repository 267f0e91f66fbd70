"""An applicant sees on which devices the account is open, and ends the others; nobody ends another's."""

import pytest

from app.storage.models import KnownBrowser, Session
from tests import factories
from tests.clients import PageClient

LINUX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"}
PAGE = "/fr/suivi/connexions"


@pytest.fixture
def person(app):
    return factories.account()


@pytest.fixture
def here(person, visitor) -> PageClient:
    return visitor().sign_in(person)


def test_devices_are_listed_with_this_one_marked(person, here, visitor):
    other = visitor()
    other.client.environ_base["HTTP_USER_AGENT"] = LINUX["User-Agent"]
    other.sign_in(person)
    page = here.get(PAGE).text
    assert "Firefox, Linux" in page
    assert page.partition("<template")[0].count("cet appareil") == 1
    assert PAGE in here.get("/fr/suivi/").text
    here.get(PAGE)
    told = here.post(f"{PAGE}/{Session.select().order_by(Session.id.desc()).get().id}")
    assert "fermé" in here.get(told.location).text
    assert other.get("/fr/suivi/").status_code != 200
    assert here.get("/fr/suivi/").status_code == 200


def test_all_others_end_at_once_and_their_browsers_are_known_no_more(person, here, visitor):
    others = [visitor().sign_in(person) for _ in range(3)]
    here.get(PAGE)
    assert here.post(f"{PAGE}/fermer").status_code == 303
    assert {other.get("/fr/suivi/").status_code for other in others} == {303}
    assert here.get("/fr/suivi/").status_code == 200
    assert KnownBrowser.select().count() == 1


def test_nobody_ends_another_persons_session(here, visitor):
    stranger = factories.account(factories.identity(foreign_number="0123456789"))
    theirs = visitor().sign_in(stranger)
    row = Session.get(Session.account == stranger)
    here.get(PAGE)
    here.post(f"{PAGE}/{row.id}")
    here.post(f"{PAGE}/fermer")
    assert theirs.get("/fr/suivi/").status_code == 200


def test_the_present_session_ends_by_signing_out_only(here):
    here.get(PAGE)
    here.post(f"{PAGE}/{Session.get().id}")
    assert here.get("/fr/suivi/").status_code == 200
