"""The day since which a card waits, and the last reminder to collect it."""

from peewee import DateField, IntegerField, SqliteDatabase

# The last announcement of each card that waits now.
SINCE = """UPDATE dossier SET card_since = (
        SELECT {day} FROM event WHERE event.dossier_id = dossier.id AND event.action = 'announce'
    )
    WHERE state = 'card_available'"""
DAY_SQLITE, DAY_POSTGRES = "substr(MAX(event.at), 1, 10)", "CAST(MAX(event.at) AS date)"


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("dossier", "card_since", DateField(null=True)),
        migrator.add_column("dossier", "card_told", IntegerField(null=True)),
    )
    day = DAY_SQLITE if isinstance(db, SqliteDatabase) else DAY_POSTGRES
    db.execute_sql(SINCE.format(day=day))
    db.execute_sql(
        "CREATE INDEX dossier_waiting_card ON dossier (card_since, id) WHERE state IN ('card_available')"
    )
