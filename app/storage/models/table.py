"""What all tables share."""

from peewee import DoesNotExist, Model

from app.storage.database import database


class Table(Model):
    """All tables live in the one bound database."""

    DoesNotExist: type[DoesNotExist]

    class Meta:
        database = database
        legacy_table_names = False
