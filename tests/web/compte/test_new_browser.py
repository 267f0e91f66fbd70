"""The cookie by which an account knows a browser again, from the door to the letter."""

from app.storage.models import KnownBrowser, Outbox
from tests import factories
from tests.factories import PASSWORD

DOOR = "/fr/compte/connexion"


def letters() -> int:
    return Outbox.select().where(Outbox.kind == "mail").count()


def test_only_who_comes_in_gets_the_cookie_and_only_the_first_time_a_letter(app, visitor):
    person = factories.account()
    client = visitor()
    client.get(DOOR)
    refused = client.post(DOOR, {"identifier": person.email, "password": "faux"})
    assert "navigateur" not in str(refused.headers.getlist("Set-Cookie"))
    client.get(DOOR)
    admitted = client.post(DOOR, {"identifier": person.email, "password": PASSWORD})
    (cookie,) = [text for text in admitted.headers.getlist("Set-Cookie") if text.startswith("navigateur=")]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=15638400"} <= set(cookie.split("; "))
    assert letters() == 1
    assert KnownBrowser.get().account == person
    client.get("/fr/suivi/")
    client.post("/fr/compte/deconnexion")
    client.get(DOOR)
    assert client.post(DOOR, {"identifier": person.email, "password": PASSWORD}).status_code == 303
    assert letters() == 1, "signed out, and known all the same"


def test_a_known_browser_enters_while_others_try_the_password(app, visitor):
    person = factories.account()
    mine = visitor()
    mine.make_known(person)
    for place in range(60):
        stranger = visitor()
        where = {"environ_base": {"REMOTE_ADDR": f"198.51.100.{place}"}}
        stranger.get(DOOR)
        stranger.post(DOOR, {"identifier": person.email, "password": "faux"}, **where)
    stranger.get(DOOR)
    told = stranger.post(DOOR, {"identifier": person.email, "password": PASSWORD})
    assert told.status_code == 429
    mine.get(DOOR)
    assert mine.post(DOOR, {"identifier": person.email, "password": PASSWORD}).status_code == 303
