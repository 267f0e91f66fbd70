"""What the migration finds filed dossiers by, as the code indexes them from then on."""

import json

from app.domain.rules.search_words import of_papers
from app.storage import database
from tests.storage.migrating import before, insert, rows


def test_filed_dossiers_are_found_by_birth_address_and_passport(empty_database_url: str) -> None:
    with before("0006_at_the_desk", empty_database_url) as opened:
        service = insert(opened, "service", code="69")
        person = insert(opened, "account", email="Zoé.N@exemple.fr", identity="{}")
        columns = {
            "account_id": person,
            "service_id": service,
            "identity": json.dumps({"born_on": "2002-03-14"}),
        }
        sealed = json.dumps({"passport_number": "C 123-4567"})
        filed = insert(opened, "dossier", **columns, reference="69-2026-000001-1", sealed=sealed)
        insert(opened, "dossier", **columns, state="draft")
        database.migrate()
        found = rows(opened, "search_word")
    words = of_papers("2002-03-14", "Zoé.N@exemple.fr", "C 123-4567")
    assert {(row["word"], row["dossier_id"]) for row in found} == {(word, filed) for word in words}
