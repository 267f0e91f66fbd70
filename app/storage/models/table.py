"""The base class of all tables."""

from typing import Any

from peewee import DoesNotExist, Model

from app.storage.database import database


class Table(Model):
    """The base class of all tables, bound to the one database."""

    DoesNotExist: type[DoesNotExist]
    _dirty: set[str]

    class Meta:
        database = database
        legacy_table_names = False

    @classmethod
    def of_row(cls, data: dict[str, Any]) -> Any:
        """Return the object of a row without Peewee's `__init__`, which looks for arguments: a page reads some thirty."""
        made = cls.__new__(cls)
        made.__data__, made.__rel__ = data, {}
        made._dirty = set()  # noqa: SLF001 – what changed, which Peewee has no public name for
        return made

    # Peewee documents `Model._meta` and has no other name for it: nothing outside this class reads it.

    @classmethod
    def table_name(cls) -> str:
        """Return the name of the table in the database."""
        return str(cls._meta.table_name)

    @classmethod
    def primary_key(cls) -> Any:
        """Return the field, or the fields, of the primary key."""
        return cls._meta.primary_key

    @classmethod
    def fields_without(cls, *names: str) -> list[Any]:
        """Return the fields in the order of the model, except those with these names."""
        return [field for field in cls._meta.sorted_fields if field.name not in names]

    @classmethod
    def field_names(cls) -> frozenset[str]:
        """Return the names of all fields."""
        return frozenset(cls._meta.fields)
