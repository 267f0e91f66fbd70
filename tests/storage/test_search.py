"""Finding dossiers by words: in any script, begun or whole, rare or common, in one's own service only."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services import filed
from app.services.applications import transfers
from app.storage.capped_count import CappedCount
from app.storage.models import Agent, Dossier, SearchWord
from app.storage.people import accounts
from app.storage.review import queue, search
from app.storage.review.queue import Counts, Filters, View
from app.storage.review.queue_order import Cursor
from tests import factories

TODAY = factories.today()


@pytest.fixture
def me(app: Flask) -> Agent:
    """An agent at Lyon."""
    return factories.agent()


def named(surname: str, given_names: str = "Anne", **columns: Any) -> Dossier:
    """A filed dossier of somebody."""
    person = factories.account(factories.identity(surname=surname, given_names=given_names))
    row = factories.filed(person)
    if columns:
        Dossier.update(**columns).where(Dossier.id == row.id).execute()
    return Dossier.get_by_id(row.id)


def found(me: Agent, words: str, **others: Any) -> list[int]:
    """The ids that an agent finds."""
    return [row.id for row in queue.page(me.service_id, me.id, Filters(words=words, **others)).dossiers]


@pytest.mark.parametrize(
    ("surname", "given_names", "words"),
    [
        ("Nguyễn", "Éric", "éric|ERIC|eric|Eric nguyen|nguyễn|NGUYỄN éric|ngu er"),
        ("O’Sullivan-Baptiste", "Marguerite", "o'sullivan|o’sullivan|O'SULL|sullivan|osullivan|baptiste"),
        ("Παπαδόπουλος", "Ελένη", "παπαδοπουλος|ΠΑΠΑΔΟΠΟΥΛΟΣ|παπα ελενη"),
        ("Королёва", "Ёлка", "королева|КОРОЛЁВА|елка"),
        ("Łukasiewicz", "Søren", "lukasiewicz|soren|SØREN"),
        ("Işık", "Zoë", "isik|IŞIK|zoe"),
        ("Đặng", "Œnone", "dang|oenone|œnone"),
        ("შევარდნაძე", "გიორგი", "შევარდ"),
        ("ابن سينا", "حسين", "سينا|حسين ابن"),
    ],
)
def test_accents_case_apostrophes_and_order_do_not_count(
    me: Agent, surname: str, given_names: str, words: str
) -> None:
    row, _other = named(surname, given_names), named("Zzyx", "Qwyjibo")
    for one in words.split("|"):
        assert found(me, one) == [row.id], one


def test_every_word_has_to_be_found(me: Agent) -> None:
    row = named("Diallo", "Fatou Binta")
    assert found(me, "diallo binta fatou") == [row.id]
    assert found(me, "diallo nobody") == []
    assert found(me, "iallo") == [], "the middle of a word is none"


def test_numbers_are_typed_as_people_copy_them(me: Agent) -> None:
    row, _other = named("Diallo"), named("Diallo")
    number, (place, year, running, digit) = row.identity["foreign_number"], str(row.reference).split("-")
    spaced = f"{number[:4]} {number[4:7]} {number[7:]}"
    references = (row.reference, f"{place} {year} {running} {digit}", f"{place}{year}{running}{digit}")
    for one in (number, spaced, spaced.replace(" ", "-"), *references, running, f"diallo {spaced}"):
        assert found(me, str(one)) == [row.id], one


def test_found_by_birth_address_and_passport_as_they_are_now(me: Agent) -> None:
    row = named("Diallo")
    other = factories.filed(factories.account(factories.identity(surname="Camara", born_on="1990-01-02")))
    passport = str(row.sealed["passport_number"])
    for one in ("14/03/2002", "14 03 2002", "2002-03-14", "diallo 14.03.2002", row.account.email.upper()):
        assert found(me, one) == [row.id], one
    assert found(me, row.account.email.split("@")[0] + "@") == [row.id]
    assert sorted(found(me, passport.lower())) == [row.id, other.id]
    accounts.set_email(row.account_id, "awa.diallo@exemple.fr")
    filed.index_account(row.account_id)
    assert found(me, "awa.diallo@exemple.fr") == [row.id]
    assert found(me, row.account.email) == []


@pytest.mark.parametrize("few", [0, 2000])
def test_common_words_and_rare_ones_find_the_same_in_the_same_order(
    me: Agent, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(queue, "PAGE", 2)
    ends = [date(2026, 12, 5), date(2026, 11, 20), date(2027, 3, 1), date(2026, 12, 1)]
    rows = [named("Diallo", "Awa", rights_end=end, state=str(State.HANDED_OVER)) for end in ends]
    named("Diallo", "Zoé"), named("Camara", "Awa")
    expected = [row.id for row in sorted(rows, key=lambda row: str(row.rights_end))]
    filters = Filters(words="diallo awa")
    first = queue.page(me.service_id, me.id, filters)
    assert [row.id for row in first.dossiers] == expected[:2]
    rest = queue.page(me.service_id, me.id, filters, Cursor.read(str(first.after)))
    assert ([row.id for row in rest.dossiers], rest.after) == (expected[2:], None)
    counts = [queue.urgency(one, TODAY) for one in (first, rest)]
    whole = Counts(CappedCount(1), CappedCount(2), CappedCount(1))
    # Of common words only what the page shows is counted.
    none, one, over = CappedCount(0, more=True), CappedCount(1), CappedCount(1, more=True)
    seen = [Counts(one, over, none), Counts(none, over, one)]
    assert counts == ([whole, whole] if few else seen)
    assert found(me, "diallo awa", state=State.FILED) == []
    assert found(me, "diallo awa", view=View.CARDS) == []
    stranger = factories.agent(factories.service("75", "Paris"))
    assert found(stranger, "diallo awa") == []


def test_a_word_common_elsewhere_is_rare_here(me: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other services' dossiers are neither found nor counted: all that match here are."""
    monkeypatch.setattr(search, "FEW", 2)
    ours = named("Diallo", "Awa")
    elsewhere = factories.service("75", "Paris")
    for _dossier in range(3):
        row = named("Diallo", "Awa")
        Dossier.update(service=elsewhere).where(Dossier.id == row.id).execute()
        search.move_to_service(row.id, elsewhere.id)
    page = queue.page(me.service_id, me.id, Filters(words="diallo awa"))
    assert [row.id for row in page.dossiers] == [ours.id]
    assert not page.common


@pytest.mark.parametrize("words", ["%", "_", "'", "— …", "\\"])
def test_marks_alone_find_nothing(me: Agent, words: str) -> None:
    named("Diallo")
    assert found(me, words) == []


def test_who_moves_is_found_by_the_new_service_only(me: Agent) -> None:
    row = named("Diallo")
    paris = factories.agent(factories.service("75", "Paris"))
    transfers.transfer_others(Dossier(id=0, account=row.account_id, service=paris.service_id), factories.NOON)
    assert (found(me, "diallo"), found(paris, "diallo")) == ([], [row.id])


def test_a_new_name_replaces_the_old_one(me: Agent) -> None:
    row = named("Diallo")
    row.identity |= {"surname": "Camara"}
    filed.index_for_search(row)
    assert (found(me, "diallo"), found(me, "camara")) == ([], [row.id])
    assert SearchWord.select().where(SearchWord.dossier == row.id).count() == 9


def test_counting_ends(me: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MOST", 1)
    for _place in range(3):
        named("Diallo", rights_end=TODAY + timedelta(days=60))
    assert queue.views(me.service_id, me.id, TODAY)[View.ALL] == CappedCount(1, more=True)
    counts = queue.urgency(queue.page(me.service_id, me.id, Filters()), TODAY)
    assert counts == Counts(CappedCount(0), CappedCount(0), CappedCount(1, more=True))
    assert counts.total == CappedCount(1, more=True)
    one = CappedCount(1)
    assert Counts(one, one, one).total == CappedCount(3), "each part is whole: so is the sum"
