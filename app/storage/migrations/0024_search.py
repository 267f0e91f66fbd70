# Search by words; indexes that hold the order of each list, so that no page depends on how many dossiers there are.
import json

from peewee import *

from app.domain.rules.search_words import of_person, of_reference

OPEN = "state IN ('complement_received', 'complement_requested', 'filed', 'in_review')"
CARDS = "state IN ('card_available', 'favourable', 'in_production') AND with_card"
ORDER = "rights_end, filed_on, id"
# What schema_diff knows by name only: partial indexes.
PARTIAL = {
    "dossier_open": ("dossier", f"service_id, {ORDER}, state, journey, agent_id", OPEN),
    "dossier_mine": ("dossier", f"agent_id, {ORDER}", OPEN),
    "dossier_cards": ("dossier", f"service_id, {ORDER}", CARDS),
    "dossier_filed": ("dossier", f"service_id, {ORDER}", "reference IS NOT NULL"),
    "dossier_ending": ("dossier", "rights_end, id", OPEN),
}
PLAIN = (
    ("dossier", ("service_id", "state", "rights_end", "filed_on", "id")),
    ("complement", ("answered_at", "due_on")),
    ("transfer", ("origin_id", "at")),
    ("transfer", ("target_id", "at")),
    ("photo_code", ("state", "given_at")),
)
BATCH = 500


def up(migrator, db):
    class Dossier(Model):
        class Meta:
            database = db
            table_name = "dossier"

    class Service(Model):
        class Meta:
            database = db
            table_name = "service"

    class SearchWord(Model):
        service = ForeignKeyField(Service, index=False)
        word = TextField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE", index=False)

        class Meta:
            database = db
            table_name = "search_word"
            primary_key = CompositeKey("service", "word", "dossier")
            without_rowid = isinstance(db, SqliteDatabase)
            indexes = ((("dossier", "word"), False),)

    db.create_tables([SearchWord])
    if not isinstance(db, SqliteDatabase):
        # Bytes in order, whatever the language of the server: a prefix is then a range of the index.
        db.execute_sql('ALTER TABLE search_word ALTER COLUMN word TYPE text COLLATE "C"')
    _fill(db, SearchWord)
    migrator.migrate(
        migrator.drop_index("dossier", "dossier_service_id_state_rights_end_id"),
        migrator.drop_index("dossier", "dossier_service_id"),
        migrator.drop_index("transfer", "transfer_origin_id"),
        migrator.drop_index("transfer", "transfer_target_id"),
        migrator.drop_column("dossier", "search"),
        *(migrator.add_index(table, columns) for table, columns in PLAIN),
    )
    for name, (table, columns, where) in PARTIAL.items():
        db.execute_sql(f"CREATE INDEX {name} ON {table} ({columns}) WHERE {where}")
    db.execute_sql("CREATE INDEX account_permit_ends ON account ((identity ->> 'valid_until'))")


def _fill(db, search_word):
    """The words of every dossier filed so far."""
    last = 0
    while rows := db.execute_sql(
        "SELECT id, service_id, reference, identity FROM dossier "
        f"WHERE reference IS NOT NULL AND id > {last} ORDER BY id LIMIT {BATCH}"
    ).fetchall():
        last = rows[-1][0]
        words = [
            (service, word, number)
            for number, service, reference, identity in rows
            for word in of_reference(reference) | _of_person(identity)
        ]
        for batch in chunked(words, BATCH):
            search_word.insert_many(
                batch, [search_word.service, search_word.word, search_word.dossier]
            ).execute()


def _of_person(identity):
    known = json.loads(identity) if isinstance(identity, str) else identity
    return of_person(known["surname"], known["given_names"], known["foreign_number"])


def down(migrator, db):
    for name in (*PARTIAL, "account_permit_ends"):
        db.execute_sql(f"DROP INDEX {name}")
    # In SQL: Peewee would rebuild the table, which the triggers of the record refuse.
    db.execute_sql("ALTER TABLE dossier ADD COLUMN search TEXT NOT NULL DEFAULT ''")
    migrator.migrate(
        *(migrator.drop_index(table, f"{table}_{'_'.join(columns)}") for table, columns in PLAIN),
        migrator.add_index("dossier", ("service_id", "state", "rights_end", "id")),
        migrator.add_index("dossier", ("service_id",)),
        migrator.add_index("transfer", ("origin_id",)),
        migrator.add_index("transfer", ("target_id",)),
    )
    # Words in any order found the same dossiers before: each was looked for anywhere in the column.
    together = "group_concat(word, ' ')" if isinstance(db, SqliteDatabase) else "string_agg(word, ' ')"
    words = f"SELECT {together} FROM search_word WHERE dossier_id = dossier.id"
    db.execute_sql(f"UPDATE dossier SET search = coalesce(({words}), '')")
    migrator.migrate(migrator.drop_table("search_word"))
