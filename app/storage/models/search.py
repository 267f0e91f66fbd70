"""The words that filed dossiers are found by."""

from peewee import CompositeKey, ForeignKeyField, TextField

from app.storage.models.dossiers import Dossier
from app.storage.models.people import Service
from app.storage.models.table import Table


class SearchWord(Table):
    """One word of a dossier, in its normal form, see domain.rules.search_words; the key is the order it is looked up in.

    Its service is the dossier's. On PostgreSQL the column sorts by bytes (COLLATE "C").
    """

    dossier_id: int
    service_id: int

    service = ForeignKeyField(Service, index=False)
    word = TextField()
    dossier = ForeignKeyField(Dossier, backref="words", on_delete="CASCADE", index=False)

    class Meta:
        table_name = "search_word"
        primary_key = CompositeKey("service", "word", "dossier")
        indexes = ((("dossier", "word"), False),)
