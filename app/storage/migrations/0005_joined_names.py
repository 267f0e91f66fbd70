"""The parts of a name joined, and letters spelt in two, among the search words of the dossiers filed before."""

import unicodedata

from peewee import *

BATCH = 500
# As domain.rules.search_words had them when this was written.
SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
    | {"Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe", "Å": "aa"}
)
PLAIN = str.maketrans(
    {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ı": "i", "ħ": "h", "Ħ": "h"}
    | {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "þ": "th", "Þ": "th", "ŋ": "n", "ŧ": "t", "ə": "e", "Ə": "e"}
)


class Dossier(Model):
    service_id = IntegerField(null=True)
    identity = JSONField()

    class Meta:
        table_name = "dossier"


def up(migrator, db):
    with db.bind_ctx([Dossier]):
        last = 0
        while rows := list(
            Dossier.select()
            .where((Dossier.id > last) & Dossier.service_id.is_null(False))
            .order_by(Dossier.id)
            .limit(BATCH)
        ):
            last = rows[-1].id
            for row in rows:
                for word in words(row.identity):
                    add(db, row.service_id, word, row.id)


def add(db, service, word, dossier):
    mark = "?" if isinstance(db, SqliteDatabase) else "%s"
    db.execute_sql(
        f"INSERT INTO search_word (service_id, word, dossier_id) VALUES ({mark}, {mark}, {mark}) "
        "ON CONFLICT DO NOTHING",
        (service, word, dossier),
    )


def words(identity):
    if not isinstance(identity, dict):
        return set()
    found = set()
    for key in ("surname", "given_names", "latin_name"):
        name = str(identity.get(key) or "")
        for spelling in {name, name.translate(SPELT)}:
            parts = split(spelling)
            found.update(parts)
            found.update("".join(parts[place:]) for place in range(len(parts)))
    return {word for word in found if word}


def split(name):
    text = unicodedata.normalize("NFKD", name).translate(PLAIN)
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    return "".join(c if unicodedata.category(c)[0] not in "PSZC" else " " for c in text).split()
