"""The base class of all tables."""

from peewee import DoesNotExist, Model

from app.storage.database import database


class Table(Model):
    """The base class of all tables, bound to the one database."""

    DoesNotExist: type[DoesNotExist]

    class Meta:
        database = database
        legacy_table_names = False
