"""Names whose parts are typed joined, or with letters spelt in two: found, in dossiers filed before too."""

import json
from typing import Any

import pytest
from flask import Flask

from app.domain.rules.search_words import of_person
from app.storage.review import queue
from app.storage.review.queue import Filters
from tests import factories
from tests.storage.migrating import before, insert

NAMES = {
    "alkhatib": "Al-Khatib",
    "elamrani": "El Amrani",
    "mcdonald": "Mc Donald",
    "dasilva": "da Silva Santos",
    "silvasantos": "da Silva Santos",
    "mueller": "Müller",
    "muller": "Müller",
    "dordevic": "Ðorđević",
    "Ðorđević": "Ðorđević",
}


@pytest.mark.parametrize(("typed", "surname"), NAMES.items())
def test_a_name_is_found_however_its_parts_are_typed(typed: str, surname: str, app: Flask) -> None:
    me = factories.agent()
    other = factories.filed(factories.account(factories.identity(surname="Nguyễn")))
    row = factories.filed(factories.account(factories.identity(surname=surname)))
    found = [one.id for one in queue.page(me.service_id, me.id, Filters(words=typed)).dossiers]
    assert found == [row.id]
    assert row.id != other.id


def _words(opened: Any, dossier: int) -> set[str]:
    rows = opened.execute_sql(
        f"SELECT word FROM search_word WHERE dossier_id = {opened.param}", (dossier,)
    ).fetchall()
    return {word for (word,) in rows}


def test_dossiers_filed_before_get_these_words_once(empty_database_url: str) -> None:
    from playhouse.migrations import Runner

    from app.storage.database import MIGRATIONS

    with before("0005_joined_names", empty_database_url) as opened:
        service = insert(opened, "service", code="69")
        person = insert(opened, "account", email="a@exemple.fr", identity="{}")
        given = {"account_id": person, "journey": "etudiant", "state": "filed", "service_id": service}
        filed = {
            surname: insert(
                opened,
                "dossier",
                **given,
                reference=f"69-{place}",
                answers="{}",
                identity=json.dumps({"surname": surname, "given_names": "Anne"}),
            )
            for place, surname in enumerate(sorted(set(NAMES.values())))
        }
        draft = insert(
            opened,
            "dossier",
            **given | {"service_id": None, "state": "draft", "journey": "visiteur"},
            answers="{}",
            identity=json.dumps({"surname": "Al-Khatib"}),
        )
        with opened.connection_context():
            known = f"VALUES ({service}, 'khatib', {filed['Al-Khatib']})"
            opened.execute_sql(f"INSERT INTO search_word (service_id, word, dossier_id) {known}")
            Runner(opened, directory=str(MIGRATIONS)).up("0005_joined_names")
            for surname, dossier in filed.items():
                assert _words(opened, dossier) == of_person(surname, "Anne", "")
            assert _words(opened, draft) == set()
