"""The search words of filed dossiers."""

from peewee import CompositeKey, ForeignKeyField, TextField

from app.storage.models.dossiers import Dossier
from app.storage.models.people import Service
from app.storage.models.table import Table


class SearchWord(Table):
    """A normalised word of a dossier (domain.rules.search_words); the primary key serves the look-up by prefix.

    `service` is the dossier's. On PostgreSQL the column sorts by bytes (COLLATE "C").
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
