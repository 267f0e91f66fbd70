"""Rows of a compiled query as objects, made without setting each column through its field.

Peewee's own readers set every column through a descriptor that notes it as changed, and clear those notes afterwards:
a third of the time of a page's queries. They remain the reference: tests/storage/test_row_reader.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from peewee import (
    AutoField,
    BigAutoField,
    CharField,
    DateField,
    ForeignKeyField,
    IntegerField,
    ModelCursorWrapper,
    ModelObjectCursorWrapper,
    TextField,
)

from app.storage.models.table import Table

Read = Callable[[Sequence[Any]], Any]
Column = tuple[int, str, Callable[[Any], Any] | None]
# Fields that read a value as both drivers give it.
_AS_IT_IS = frozenset({AutoField, BigAutoField, CharField, IntegerField, TextField})


@dataclass(frozen=True)
class Part:
    """The columns of one table in a row: of its fields, and beside them (a count, an alias)."""

    model: type[Table]
    fields: tuple[Column, ...]
    others: tuple[Column, ...]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(name for _index, name, _convert in self.fields)

    @cached_property
    def _values(self) -> Callable[[Sequence[Any]], Sequence[Any]]:
        indexes = [index for index, _name, _convert in self.fields]
        if len(indexes) < 2:  # itemgetter gives one value by itself
            return lambda row: [row[index] for index in indexes]
        return itemgetter(*indexes)

    @cached_property
    def _converted(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        return tuple((name, convert) for _index, name, convert in self.fields if convert)

    def read(self, row: Sequence[Any]) -> Any:
        """Return the object that the columns describe."""
        data = dict(zip(self._names, self._values(row), strict=True))
        for name, convert in self._converted:
            data[name] = convert(data[name])
        made = self.model.of_row(data)
        for index, name, converted in self.others:
            setattr(made, name, row[index] if converted is None else converted(row[index]))
        return made

    def is_absent(self, row: Sequence[Any]) -> bool:
        """Return whether a join found nothing to read: all selected columns are NULL."""
        return all(value is None for value in self._values(row))


@dataclass(frozen=True)
class Link:
    """A joined object as the value of a foreign key: of the part at `source`, from the part at `target`."""

    source: int
    name: str
    target: int
    referred: str  # the field of the target that the key holds
    outer: bool


def row_reader(reader: Any) -> Read:
    """Return a function that makes the object of a row, as an initialized reader of Peewee does.

    It is Peewee's own where a query joins by something else than a foreign key.
    """
    if type(reader) is ModelObjectCursorWrapper and issubclass(reader.model, Table):
        return _part(reader, reader.model, range(len(reader.columns)), reader.unique_columns).read
    if type(reader) is not ModelCursorWrapper:
        return reader.process_row
    sources = list(reader.key_to_constructor)
    joins = [join for join in reader.src_to_dest if join[5] and not join[3]]
    tables = [constructor for constructor, is_table in reader.key_to_constructor.values() if is_table]
    if len(joins) != len(sources) - 1 or len(tables) != len(sources):
        return reader.process_row
    parts = tuple(
        _part(reader, tables[at], _of(reader, key), reader.columns) for at, key in enumerate(sources)
    )
    return _joined(parts, tuple(_link(sources, tables, join) for join in joins))


def _link(sources: Sequence[Any], tables: Sequence[type[Table]], join: Any) -> Link:
    source, name, target, _to_dict, outer, _is_key = join
    at = sources.index(source)
    return Link(at, name, sources.index(target), getattr(tables[at], name).rel_field.name, outer)


def _of(reader: Any, key: Any) -> list[int]:
    return [index for index, source in enumerate(reader.column_keys) if source is key]


def _part(reader: Any, model: type[Table], indexes: Sequence[int], names: Sequence[str]) -> Part:
    known = model.field_names()
    columns = [(index, names[index], _lean(reader.converters[index])) for index in indexes]
    return Part(
        model,
        tuple(column for column in columns if column[1] in known),
        tuple(column for column in columns if column[1] not in known),
    )


def _lean(convert: Any) -> Callable[[Any], Any] | None:
    """Return a conversion without what values of these drivers do not need: a text is a text, a number a number."""
    field = getattr(convert, "__self__", None)
    while type(field) is ForeignKeyField:
        field = field.rel_field
    if type(field) in _AS_IT_IS:
        return None
    return _day if type(field) is DateField else convert


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _joined(parts: tuple[Part, ...], links: tuple[Link, ...]) -> Read:
    def read(row: Sequence[Any]) -> Any:
        made = [part.read(row) for part in parts]
        for link in links:
            source, target = made[link.source], made[link.target]
            if not parts[link.target].is_absent(row):
                source.__rel__[link.name] = target
                source.__data__[link.name] = target.__data__.get(link.referred)
            elif link.outer:
                source.__rel__[link.name] = None
        return made[0]

    return read
