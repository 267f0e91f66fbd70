"""Signed certificates: what they say, for how long they are believed, and what a rotation changes: nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.attestations import WORK
from app.domain.dossiers.statements import LONGEST_TEXT, RIGHTS_NUMBERS, Statement
from app.domain.journeys.details import Detail
from app.domain.rules.births import BirthDate
from app.domain.rules.rights import RIGHTS, AttestationKind, Situation
from app.keys import KeyPurpose, Keyring, changing
from app.keys.keyring import KeyLists
from app.keys.text import write_keys
from app.services.certificates import seals
from app.storage.applications import attestations as store
from app.storage.models import Attestation
from tests import factories
from tests.domain.test_rights import FACTS
from tests.fixtures import NOON

PAPERS = KeyPurpose.PAPERS
TODAY = NOON.date()


@pytest.fixture
def keys() -> KeyLists:
    return changing.fresh(NOON - timedelta(days=1))


@pytest.fixture
def issued(app: Flask) -> Attestation:
    (one,) = store.of_dossier(factories.filed().id)
    return one


def ring(keys: KeyLists) -> Keyring:
    return Keyring(write_keys(keys), lambda: NOON)


def test_what_a_number_means_never_changes() -> None:
    assert set(RIGHTS_NUMBERS) == set(RIGHTS)
    kinds, situations = AttestationKind, Situation
    order = [(kind, situation) for kind in list(kinds)[:3] for situation in situations]
    order += [(kind, situations.RENEWAL) for kind in list(kinds)[3:]]
    assert {pair: number for number, pair in enumerate(order, 1)} == RIGHTS_NUMBERS
    assert len(set(RIGHTS_NUMBERS.values())) == len(RIGHTS_NUMBERS)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"valid_until": None, "kind": AttestationKind.FAVOURABLE},
        {"kind": AttestationKind.DEPOSIT},
        {"born_on": BirthDate(1980), "surname": "", "given_names": "王小明", "latin_name": "WANG Xiaoming"},
        {"territory": "Mayotte", "details": (Detail(WORK.french, WORK.english, "60 % d’un temps plein"),)},
        {"surname": "é" * 100, "latin_name": "x" * 100},
    ],
)
def test_what_is_written_is_read(changes: dict[str, object]) -> None:
    statement = Statement.of(replace(FACTS, **changes), 7, TODAY)
    assert Statement.read(statement.encode()) == statement
    assert len(statement.holder.encode()) <= LONGEST_TEXT
    for cut in range(len(statement.encode())):
        with pytest.raises(ValueError):
            Statement.read(statement.encode()[:cut])


def test_it_is_signed_once_and_stays_the_same(issued: Attestation, keys: KeyLists) -> None:
    first = seals.sealed(issued, ring(keys).of(PAPERS), TODAY)
    later = changing.rotated(keys, (PAPERS,), NOON - timedelta(minutes=1))
    again = Attestation.get_by_id(issued.id)
    assert seals.sealed(again, ring(later).of(PAPERS), TODAY + timedelta(days=1)) == first
    statement = seals.opened(first, ring(later).of(PAPERS))
    assert statement
    assert (statement.key, statement.code, statement.holder) == (1, issued.code, "Thị Ánh Nguyễn")


def test_a_paper_of_an_old_key_stays_genuine_and_one_of_a_stolen_key_does_not(
    issued: Attestation, keys: KeyLists
) -> None:
    text = seals.sealed(issued, ring(keys).of(PAPERS), TODAY)
    later = changing.rotated(keys, (PAPERS,), NOON)
    retired = changing.retired(later, PAPERS, "1", NOON, 0)
    assert seals.opened(text, ring(retired).of(PAPERS)), "its private half is gone"
    assert seals.opened(text, ring(changing.fresh(NOON)).of(PAPERS)) is None, "of somebody else"
    revoked = ring(changing.revoked(retired, "1", TODAY)).of(PAPERS)
    assert seals.opened(text, revoked) is None
    old, new = seals.published(revoked)
    assert (old["from"], old["until"], old["revoked"]) == ("2026-11-22", "2026-11-23", "2026-11-23")
    assert (new["kid"], new["until"], new["revoked"]) == ("2", None, None)
    assert set(old) == {"kid", "kty", "crv", "alg", "x", "y", "from", "until", "revoked"}, "no private half"


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 25)])
def test_nothing_signed_outside_the_days_of_its_key(issued: Attestation, keys: KeyLists, day: date) -> None:
    later = changing.rotated(keys, (PAPERS,), NOON + timedelta(days=1))
    text = seals.sealed(issued, ring(later).of(PAPERS), day)
    assert seals.opened(text, ring(later).of(PAPERS)) is None


@pytest.mark.parametrize("text", ["", "A", "é", "A" * 200, "a" * 200, "=" * 8, "AEBAEBAE" * 20])
def test_anything_else_is_none_of_ours(keys: KeyLists, text: str) -> None:
    assert seals.opened(text, ring(keys).of(PAPERS)) is None
