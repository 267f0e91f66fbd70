"""What the migration says of cards that waited before it: since when, and to nobody else."""

from app.storage import database
from tests.storage.migrating import before, insert, rows


def test_a_card_that_waits_does_so_since_its_last_announcement(empty_database_url: str) -> None:
    with before("0012_waiting_cards", empty_database_url) as opened:
        person = insert(opened, "account")
        waiting = insert(
            opened, "dossier", account_id=person, state="card_available", reference="69-2026-000001-1"
        )
        other = insert(
            opened, "dossier", account_id=person, state="handed_over", reference="69-2026-000002-2"
        )
        for dossier in (waiting, other):
            insert(opened, "event", dossier_id=dossier, action="announce", at="2026-09-01 10:00:00")
            insert(opened, "event", dossier_id=dossier, action="announce", at="2026-10-05 10:00:00")
            insert(opened, "event", dossier_id=dossier, action="note", at="2026-10-06 10:00:00")
        database.migrate()
        found = {row["id"]: (str(row["card_since"]), row["card_told"]) for row in rows(opened, "dossier")}
    assert found == {waiting: ("2026-10-05", None), other: ("None", None)}
