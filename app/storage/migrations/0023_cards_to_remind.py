"""Cards that wait are found by their last reminder: each minute reads who is to be reminded, not everybody who waits."""


def up(migrator, db):
    db.execute_sql("DROP INDEX dossier_waiting_card")
    db.execute_sql(
        "CREATE INDEX dossier_waiting_card ON dossier (card_told, card_since, id) WHERE state IN ('card_available')"
    )
