"""Time in the account: the countdown, the calendar file, the reminders, the card collected, how to be reached."""

import re
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.storage.models import Account, Dossier, Event, MutedReminder
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON
from tests.web.accounts import words

TODAY = date(2026, 11, 23)
CALENDAR = "/fr/suivi/echeances.ics"


def holder(visitor, days, **columns):
    """Somebody whose permit ends in so many days, signed in."""
    person = factories.account(factories.identity(TODAY + timedelta(days=days)), **columns)
    return person, visitor().sign_in(person)


@pytest.fixture
def available(app, visitor, clock):
    """A card to collect: its dossier, its applicant's browser."""
    dossier, agent = factories.filed(), factories.agent()
    for act, more in (
        (instruction.take, ()),
        (instruction.approve, ()),
        (instruction.announce, ("1 place du Test", 10_000)),
    ):
        act(dossier, Act(agent, clock.advance(minutes=1), dossier_view.last_move(dossier.id)), *more)
    return Dossier.get_by_id(dossier.id), visitor().sign_in(dossier.account)


@pytest.mark.parametrize(
    ("days", "period", "counted", "sentence"),
    [
        (200, "Préparer", 200, "Vous n’avez rien à faire avant le"),
        (121, "Préparer", 121, "Vous n’avez rien à faire avant le"),
        (120, "Déposer à temps", 60, "C’est le moment de renouveler"),
        (61, "Déposer à temps", 1, "C’est le moment de renouveler"),
        (60, "Déposer à temps", 0, "Dernier jour"),
        (59, "Déposer en retard", 59, "Vous paierez 180 € de plus"),
        (0, "Déposer en retard", 0, "Dernier jour"),
        (-1, "Titre expiré", 1, "Vous paierez 180 € de plus"),
        (-400, "Titre expiré", 400, "Adressez-vous maintenant à votre préfecture"),
    ],
)
def test_the_countdown_says_where_one_is_and_what_to_do(visitor, days, period, counted, sentence):
    _person, browser = holder(visitor, days)
    answer = browser.get("/fr/suivi/")
    now = answer.text.split('aria-current="date">')
    assert len(now) == 2
    assert now[1].startswith(f"<b>{period}</b>")
    text = words(answer).replace("\u00a0", " ")
    assert sentence in text
    assert (f"{counted} jour" in text) is (counted != 0)
    # What is to be done is read first, in the one black block; the windows missed are past, not done.
    first = re.search(
        r"<h1>.*?</h1>\s*(?:<p.*?</p>\s*)?<section class=\"([^\"]+)\" aria-labelledby=\"(\w+)\"",
        answer.text,
        re.S,
    )
    assert first is not None
    block = "late" if days < 60 else "due"
    assert first.groups() == (("notice now due", block) if days <= 120 else ("ruled full", "permit"))
    assert answer.text.count('class="figure num"') == 1
    assert ("rien à faire" in text) is (days > 120)
    assert answer.text.count("· passé") == sum(days < first for first in (121, 60, 0))


@pytest.mark.parametrize(("days", "last"), [(59, "21 juillet 2027"), (-30, "24 avril 2027")])
def test_who_is_late_reads_until_when(visitor, days, last):
    _person, browser = holder(visitor, days)
    assert f"Après le {last}" in words(browser.get("/fr/suivi/")).replace("\u00a0", " ")


def test_a_visitor_is_never_told_that_the_permit_lets_them_work(visitor):
    record = factories.identity(TODAY + timedelta(days=200), mention="visiteur")
    browser = visitor().sign_in(factories.account(record))
    for lang, word in (("fr", "travailler"), ("en", "work")):
        main = browser.get(f"/{lang}/suivi/").text.partition("<main")[2].partition("</main>")[0]
        assert not re.search(rf"\b{word}\b", main)  # « network » is no work


def test_no_window_for_whoever_has_filed(visitor):
    dossier = factories.filed()
    browser = visitor().sign_in(dossier.account)
    assert 'aria-current="date"' not in browser.get("/fr/suivi/").text
    events = Calendar.from_ical(browser.get(CALENDAR).get_data()).events
    assert [str(one["summary"]) for one in events] == [
        "Fin de mon titre de séjour",
        "Date légale de réponse à ma demande de titre de séjour",
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_calendar_file(visitor, lang):
    person, browser = holder(visitor, 121)
    answer = browser.get(f"/{lang}/suivi/echeances.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert 'filename="renouvellement.ics"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    raw = answer.get_data()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    read = Calendar.from_ical(raw)
    assert read["version"] == "2.0"
    ends = TODAY + timedelta(days=121)
    days = [one["dtstart"].dt for one in read.events]
    assert days == [ends - timedelta(days=120), ends - timedelta(days=60), ends]
    assert all(one["dtstamp"].dt == NOON for one in read.events)
    assert all(len(one.walk("VALARM")) == 1 for one in read.events)
    text = raw.decode().replace("\r\n ", "")
    for secret in (person.foreign_number, "Nguy", person.email, "2002"):
        assert secret not in text, secret
    assert ("Residence permit" in text) is (lang == "en")


def test_alarms_ring_in_the_morning(visitor):
    _person, browser = holder(visitor, 121)
    opens, closes, end = Calendar.from_ical(browser.get(CALENDAR).get_data()).events
    triggers = [one.walk("VALARM")[0]["trigger"].dt for one in (opens, closes, end)]
    assert triggers == [timedelta(hours=9), timedelta(days=-7, hours=9), timedelta(days=-7, hours=9)]


def test_a_second_file_replaces_the_first_and_nobody_shares_an_event(visitor):
    def uids(browser):
        return [str(one["uid"]) for one in Calendar.from_ical(browser.get(CALENDAR).get_data()).events]

    _one, first = holder(visitor, 121)
    _two, second = holder(visitor, 121)
    assert uids(first) == uids(first)
    assert len({*uids(first), *uids(second)}) == 6


def test_only_days_to_come_are_in_the_file(visitor):
    _person, browser = holder(visitor, 60)
    assert len(Calendar.from_ical(browser.get(CALENDAR).get_data()).events) == 2
    _person, late = holder(visitor, -1)
    assert late.get(CALENDAR).status_code == 404


@pytest.mark.parametrize("path", ["echeances.ics", "rappels", "coordonnees", "69-2026-000001-1/recupere"])
def test_all_of_it_asks_who_one_is(visitor, path):
    answer = visitor().get(f"/fr/suivi/{path}")
    assert answer.status_code == 303
    assert "/compte/connexion" in answer.location


@pytest.mark.parametrize(("lang", "title"), [("fr", "Mes rappels"), ("en", "My reminders")])
def test_reminders_are_on_until_switched_off(visitor, lang, title):
    person, browser = holder(visitor, 100)
    address = f"/{lang}/suivi/rappels"
    assert title in browser.get(f"/{lang}/suivi/").text
    assert browser.get(address).text.count(" checked") == 3
    assert browser.post(address, {"reminders": ["halfway"]}).location.endswith(f"{address}?ok=1")
    page = browser.get(f"{address}?ok=1").text
    assert page.count(" checked") == 1
    assert 'role="status"' in page
    assert {one.kind for one in MutedReminder.select()} == {"opening", "last_days"}
    browser.post(address, {})
    assert " checked" not in browser.get(address).text
    assert browser.post(address, {"reminders": ["ghost"]}).status_code == 422
    assert MutedReminder.select().where(MutedReminder.account == person.id).count() == 3


def test_language_and_telephone_can_be_changed(visitor):
    person, browser = holder(visitor, 100)
    before = person.phone
    address = "/fr/suivi/coordonnees"
    page = browser.get(address).text
    assert person.email in page
    assert 'value="fr" checked' in page
    wrong = browser.post(address, {"language": "en", "phone": "12"})
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.text
    assert browser.post(address, {"language": "xx", "phone": ""}).status_code == 422
    assert Account.get_by_id(person.id).language == "fr"
    for password in ("", "faux"):
        refused = browser.post(address, {"language": "en", "phone": "06 12 34 56 78", "password": password})
        assert refused.status_code == 422
        assert "06 12 34 56 78" in refused.text.replace("\u00a0", " "), "what was typed stays"
        assert Account.get_by_id(person.id).phone == before
    typed = {"language": "en", "phone": "06 12 34 56 78", "password": factories.PASSWORD}
    assert browser.post(address, typed).status_code == 303
    row = Account.get_by_id(person.id)
    assert (row.language, row.phone) == ("en", "+33612345678")
    assert "06 12 34 56 78" in browser.get(address).text.replace("\u00a0", " ")
    assert browser.post(address, {"language": "fr", "phone": "06 12 34 56 78"}).status_code == 303
    browser.post(address, {"language": "en", "phone": "", "password": factories.PASSWORD})
    assert Account.get_by_id(person.id).phone == ""


def test_the_card_page_says_all_that_the_letter_says(available):
    _dossier, browser = available
    text = words(browser.get("/fr/suivi/")).replace("\u00a0", " ")
    for word in ("1 place du Test", "100 €", "passeport", "16 chiffres", "espèces", "12 mois", "18 mois"):
        assert word in text, word


def test_the_applicant_says_that_they_have_the_card(available):
    dossier, browser = available
    address = f"/fr/suivi/{dossier.reference}/recupere"
    assert address in browser.get("/fr/suivi/").text
    page = browser.get(address)
    assert "ne servira plus" in page.text
    assert Dossier.get_by_id(dossier.id).state == "card_available"
    assert browser.post(address).status_code == 303
    assert Dossier.get_by_id(dossier.id).state == "handed_over"
    assert browser.post(address).status_code == 303
    assert browser.get(address).status_code == 303
    assert Event.select().where(Event.action == "collect").count() == 1
    assert "Vous avez récupéré votre titre" in browser.get("/fr/suivi/").text


def test_whoever_comes_after_the_agent_is_told(available, clock):
    dossier, browser = available
    address = f"/fr/suivi/{dossier.reference}/recupere"
    browser.get(address)
    instruction.hand_over(dossier, Act(factories.agent(), clock(), dossier_view.last_move(dossier.id)))
    answer = browser.post(address)
    assert answer.status_code == 409
    assert "Le service a noté la remise de votre carte" in answer.text
    assert Event.select().where(Event.action == "collect").count() == 0


def test_a_card_that_is_not_there_or_not_ones_own(visitor, available):
    dossier, _browser = available
    other = factories.filed()
    stranger = visitor().sign_in(other.account)
    for reference in (dossier.reference, "ghost"):
        address = f"/fr/suivi/{reference}/recupere"
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code == 404
    own = f"/fr/suivi/{other.reference}"
    assert stranger.get(f"{own}/recupere").location == own
    assert stranger.post(f"{own}/recupere").status_code == 409
    assert Dossier.get_by_id(dossier.id).state == "card_available"


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("fr", "L’usager dit avoir récupéré sa carte"), ("en", "The applicant says that they collected")],
)
def test_the_agent_reads_it_in_the_history(app, visitor, clock, available, lang, sentence):
    from tests.web.agent_pages import address, enter, member

    dossier, browser = available
    browser.get(f"/fr/suivi/{dossier.reference}/recupere")
    browser.post(f"/fr/suivi/{dossier.reference}/recupere")
    desk = enter(visitor(), member(dossier.service), clock)
    assert sentence in desk.get(address(dossier, lang=lang)).text
    late = desk.get(address(dossier, "hand_over", lang))
    assert late.status_code == 409
    assert sentence in late.text


def test_a_reminder_is_read_in_the_account(visitor, app):
    from app.services.calendar import reminders

    person, browser = holder(visitor, 61, created_at=datetime(2026, 1, 1, tzinfo=NOON.tzinfo))
    assert reminders.send_due(NOON) == 1
    (notice,) = person.notices
    assert "la date limite" in browser.get("/fr/suivi/").text
    page = browser.get(f"/fr/suivi/messages/{notice.id}")
    assert "24\u00a0novembre\u00a02026" in page.text
    assert "rappels" not in page.text.split("<h1>")[1].split("</div>")[0]
