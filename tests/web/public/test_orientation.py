"""The questions before signing in: one at a time, nothing kept, a way on from every end."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from app import jobs
from app.storage.models import TABLES, ReturnReminder
from tests.clients import PageClient
from tests.fixtures import Clock

Visitor = Callable[[], PageClient]
ASK = "orientation?document=titre&motif=etudiant"


def body(text: str) -> str:
    """The words of the main part, as read."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ").split())


@pytest.fixture
def browser(visitor: Visitor) -> PageClient:
    return visitor()


@pytest.mark.parametrize(
    ("query", "french", "english"),
    [
        ("", "Quel document avez-vous ?", "Which document do you have?"),
        ("?document=titre", "Quel titre demandez-vous ?", "Which permit are you applying for?"),
        ("?document=titre&motif=etudiant", "Dernier jour de validité", "Last day on which"),
        ("?document=titre&motif=x", "Quel titre demandez-vous ?", "Which permit are you applying for?"),
        ("?document=%00&fin=9999-99-99", "Quel document avez-vous ?", "Which document do you have?"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_question_after_the_other(
    browser: PageClient, query: str, french: str, english: str, lang: str
) -> None:
    answer = browser.get(f"/{lang}/orientation{query}")
    assert answer.status_code == 200
    assert (french if lang == "fr" else english) in body(answer.text)


@pytest.mark.parametrize(
    ("query", "french", "english", "link"),
    [
        ("&fin=2027-06-01", "Revenez le 1er février 2027", "Come back on 1 February 2027", "dates.ics"),
        ("&fin=2027-03-01", "Vous êtes dans les temps", "You are on time", "titre/etudiant"),
        ("&fin=2026-12-15", "180 € de plus", "€180 more", "titre/etudiant/ma-liste"),
        ("&fin=2026-01-01", "plus de 6 mois", "more than 6 months ago", "aide/service"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_where_it_ends(
    browser: PageClient, query: str, french: str, english: str, link: str, lang: str
) -> None:
    answer = browser.get(f"/{lang}/{ASK}{query}")
    assert answer.status_code == 200
    assert (french if lang == "fr" else english) in body(answer.text)
    assert f"/{lang}/" in answer.text
    assert link in answer.text.partition("<main")[2]


def test_a_sound_answer_moves_on_to_a_plain_address(browser: PageClient) -> None:
    answer = browser.get(f"/fr/{ASK}&question=fin&fin-day=1&fin-month=6&fin-year=2027")
    assert answer.status_code == 302
    assert answer.location == f"/fr/{ASK}&fin=2027-06-01"


@pytest.mark.parametrize(
    "query",
    [
        "question=document",
        "question=document&document=x",
        "document=titre&motif=etudiant&question=fin&fin-day=31&fin-month=2&fin-year=2027",
        "document=titre&motif=etudiant&question=fin&fin-day=1&fin-month=6&fin-year=9999",
        "document=vls-ts&question=entree&entree-day=1&entree-month=6&entree-year=2027",
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_refused_beside_the_question(browser: PageClient, query: str, lang: str) -> None:
    answer = browser.get(f"/{lang}/orientation?{query}")
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert 'id="erreurs"' in answer.text


def test_the_way_back_forgets_one_answer(browser: PageClient) -> None:
    text = browser.get(f"/fr/{ASK}").text
    assert 'class="back" href="/fr/orientation?document=titre"' in text


def test_the_prefecture_of_the_outcome_is_found(browser: PageClient) -> None:
    text = browser.get("/fr/orientation?document=vls-t").text
    assert re.search(r'<form[^>]+method="get" action="/fr/aide/service">.*name="postcode"', text, re.S)


class TestCalendar:
    def test_it_holds_the_coming_days(self, browser: PageClient) -> None:
        answer = browser.client.get("/fr/orientation/dates.ics?fin=2027-06-01")
        assert answer.mimetype == "text/calendar"
        assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", answer.text) == ["20270201", "20270402", "20270601"]

    @pytest.mark.parametrize("fin", ["", "x", "2020-01-01", "9999-12-31"])
    def test_nothing_else_makes_one(self, browser: PageClient, fin: str) -> None:
        assert browser.get(f"/fr/orientation/dates.ics?fin={fin}").status_code == 404


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_reminder_from_asking_to_forgetting(
    app: Flask, browser: PageClient, clock: Clock, lang: str
) -> None:
    path = f"/{lang}/orientation/rappel?fin=2027-06-01"
    browser.get(path)
    answer = browser.post(path, {"email": "Nom@Exemple.fr"})
    assert answer.status_code == 303
    assert browser.get(answer.location).status_code == 200
    jobs.run_once(app, clock())
    letter = next(iter(app.extensions["gateways"].mail.letters()))[1].get_content()
    link = re.search(rf"http://localhost(/{lang}/orientation/rappel/\S+)", letter)
    assert link is not None
    before = [table.select().count() for table in TABLES]
    assert "nom@exemple.fr" in browser.get(link.group(1)).text.lower()
    assert ReturnReminder.get().confirmed_at is None, "mail scanners open links too"
    assert browser.post(link.group(1)).status_code == 303
    assert ReturnReminder.get().confirmed_at == clock()
    assert browser.get(link.group(1)).status_code == 200
    assert [table.select().count() for table in TABLES] == before
    gone = browser.post(link.group(1), {"delete": "1"})
    assert ReturnReminder.select().count() == 0
    assert browser.get(gone.location).status_code == 200
    assert browser.get(link.group(1)).status_code == 410


@pytest.mark.parametrize(
    ("email", "status"), [("", 422), ("x", 422), ("\x00@exemple.fr", 422), ("a@exemple.fr", 303)]
)
def test_the_address_is_checked(browser: PageClient, email: str, status: int) -> None:
    path = "/fr/orientation/rappel?fin=2027-06-01"
    browser.get(path)
    assert browser.post(path, {"email": email}).status_code == status


def test_too_many_letters_wait_and_keep_what_was_typed(browser: PageClient) -> None:
    path = "/fr/orientation/rappel?fin=2027-06-01"
    browser.get(path)
    statuses = [browser.post(path, {"email": "a@exemple.fr"}).status_code for _ in range(7)]
    assert statuses == [303] * 6 + [429]


def test_no_reminder_for_a_day_that_has_come(browser: PageClient) -> None:
    path = "/fr/orientation/rappel?fin=2027-02-01"
    browser.get(path)
    assert browser.post(path, {"email": "a@exemple.fr"}).location == "/fr/orientation"
    assert ReturnReminder.select().count() == 0


@pytest.mark.parametrize("token", ["x", "é" * 50])
def test_a_link_of_nobody_is_dead(browser: PageClient, token: str) -> None:
    browser.get("/fr/orientation/rappel?fin=2027-06-01")
    assert browser.get(f"/fr/orientation/rappel/{token}").status_code == 410
    assert browser.post(f"/fr/orientation/rappel/{token}").status_code == 410
