"""A request for documents: its date, the reminders before it, and somebody who needs more time."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.domain.rules.calendar import PARIS
from app.services.applications import complements
from app.storage.models import Complement, ComplementReminder, Dossier, Event, Notice
from tests import factories
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import act, address, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

TODAY = date(2026, 11, 23)
WHY = "Mon université est fermée jusqu’au 4 janvier."


@pytest.fixture
def desk(app: Flask, visitor: Any, clock: Clock) -> Any:
    """An agent who has asked for the passport."""
    filed = factories.filed()
    client = enter(visitor(), member(filed.service), clock)
    act(client, filed, "take")
    answer = act(client, filed, "ask", ask=["passport"], passport_reason="illegible", due_days="15")
    assert answer.status_code == 303, words(answer.text)
    return client


@pytest.fixture
def dossier(desk: Any) -> Dossier:
    """The application that waits for its person."""
    return Dossier.get(Dossier.state == str(State.COMPLEMENT_REQUESTED))


def ask_time(client: Any, dossier: Dossier, reason: str, lang: str = "fr") -> Any:
    page = f"/{lang}/suivi/{dossier.reference}/complement"
    client.get(page)
    return client.post(f"{page}/delai", {"reason": reason})


def test_the_agent_chooses_the_date(dossier: Dossier) -> None:
    assert Complement.get().due_on == TODAY + timedelta(days=15)


def test_a_delay_that_is_none_of_the_choices(desk: Any, dossier: Dossier) -> None:
    Dossier.update(state=str(State.IN_REVIEW)).execute()
    answer = act(desk, dossier, "ask", ask=["passport"], passport_reason="illegible", due_days="900")
    assert answer.status_code == 422
    assert 'id="due_days-error"' in answer.text


@pytest.mark.parametrize(
    ("lang", "empty", "asked"),
    [
        ("fr", "Dites pourquoi", "Vous avez demandé plus de temps"),
        ("en", "Say why", "You asked for more time"),
    ],
)
@pytest.mark.parametrize(("choice", "due"), [("30", TODAY + timedelta(days=30)), ("none", None)])
def test_more_time_is_asked_and_answered(
    lang: str,
    empty: str,
    asked: str,
    choice: str,
    due: date | None,
    desk: Any,
    dossier: Dossier,
    visitor: Any,
) -> None:
    before = Complement.get().due_on
    client = visitor().sign_in(dossier.account)
    answer = ask_time(client, dossier, "", lang)
    assert answer.status_code == 422
    assert empty in words(answer.text).split('id="reason-error"')[1]
    assert ask_time(client, dossier, WHY, lang).status_code == 303
    assert ask_time(client, dossier, "Encore", lang).status_code == 303, "a second click changes nothing"
    assert Complement.get().time_reason == WHY
    assert asked in words(client.get(f"/{lang}/suivi/{dossier.reference}/complement").text)
    assert WHY in words(desk.get(address(dossier)).text)
    done = act(desk, dossier, "answer_time", due_days=choice, reason="Merci d’avoir prévenu.")
    assert done.status_code == 303
    assert Complement.get().due_on == (due or before)
    told = Notice.get(Notice.kind == "time_answered").facts
    assert told["granted"] is (choice != "none")
    number = Notice.get(Notice.kind == "time_answered").id
    assert "Merci d’avoir prévenu." in words(client.get(f"/{lang}/suivi/messages/{number}").text)
    assert act(desk, dossier, "answer_time", due_days="30").status_code == 409, "answered once"
    assert Dossier.get_by_id(dossier.id).state == State.COMPLEMENT_REQUESTED


def test_an_earlier_date_is_never_given(desk: Any, dossier: Dossier, visitor: Any) -> None:
    Complement.update(due_on=TODAY + timedelta(days=50)).execute()
    ask_time(visitor().sign_in(dossier.account), dossier, WHY)
    act(desk, dossier, "answer_time", due_days="15")
    assert Complement.get().due_on == TODAY + timedelta(days=50)


def test_nobody_else_asks_and_nobody_answers_what_was_not_asked(
    desk: Any, dossier: Dossier, visitor: Any
) -> None:
    stranger = visitor().sign_in(factories.account())
    assert (
        stranger.post(f"/fr/suivi/{dossier.reference}/complement/delai", {"reason": WHY}).status_code == 404
    )
    assert act(desk, dossier, "answer_time", due_days="30").status_code == 409
    assert Event.select().where(Event.action == "answer_time").count() == 0


# --- reminders


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=PARIS)


def test_reminded_fourteen_seven_and_two_days_before(dossier: Dossier) -> None:
    due = TODAY + timedelta(days=30)
    Complement.update(due_on=due).execute()
    left = [n for n in range(30, -20, -1) if complements.remind_due(at(due - timedelta(days=n)))]
    assert left == [14, 7, 2]
    assert Notice.select().where(Notice.kind == "complement_reminder").count() == 3


def test_after_a_stop_only_the_nearest_and_by_day(dossier: Dossier) -> None:
    due = Complement.get().due_on
    night = at(due - timedelta(days=1)) - timedelta(hours=8)
    assert complements.remind_due(night) == 0
    assert complements.remind_due(at(due - timedelta(days=1))) == 1
    assert ComplementReminder.select().count() == 3
    Complement.update(due_on=due + timedelta(days=30)).execute()
    assert complements.remind_due(at(due + timedelta(days=16))) == 1, "a new date is reminded anew"


def test_nobody_is_reminded_of_what_was_sent_or_is_over(dossier: Dossier) -> None:
    due = Complement.get().due_on
    Dossier.update(state=str(State.UNFAVOURABLE)).where(Dossier.id == dossier.id).execute()
    assert complements.remind_due(at(due)) == 0
    Dossier.update(state=str(State.COMPLEMENT_REQUESTED)).where(Dossier.id == dossier.id).execute()
    Complement.update(answered_at=NOON).execute()
    assert complements.remind_due(at(due)) == 0
