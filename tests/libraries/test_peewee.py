"""What compiled_queries.py and models/table.py take for granted of Peewee; a red test here says what changed."""

from typing import Any

import pytest
from peewee import CharField, Database, DateField, Model, Node, PostgresqlDatabase, SqliteDatabase

MEMORY = SqliteDatabase(":memory:")


class Shelf(Model):
    """A table of these tests alone."""

    label = CharField(primary_key=True)
    filled_on = DateField()

    class Meta:
        database = MEMORY
        table_name = "a_shelf"


class Held(Node):
    """Leaves an object where a value goes."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __sql__(self, ctx: Any) -> Any:
        return ctx.value(self.value, converter=False)


@pytest.mark.parametrize(("driver", "mark"), [(SqliteDatabase, "?"), (PostgresqlDatabase, "%s")])
def test_an_object_stands_unconverted_among_the_parameters(driver: type[Database], mark: str) -> None:
    place = object()
    query = Shelf.select(Shelf.label).where(Shelf.filled_on == Held(place))
    sql, params = driver(None).get_sql_context().sql(query).query()
    assert params == [place], "Context.value(…, converter=False) no longer keeps the object as it is"
    assert sql.endswith(f"= {mark})"), (
        f"the place of a value is no longer written {mark} for this engine: {sql}"
    )


class Answered:
    """Gives one cursor, and counts how often it is asked."""

    def __init__(self, cursor: Any) -> None:
        self.cursor, self.asked = cursor, 0

    def execute(self, query: Any) -> Any:
        self.asked += 1
        return self.cursor


def test_a_query_reads_rows_from_the_cursor_of_the_database_it_is_executed_on() -> None:
    with MEMORY.connection_context():
        MEMORY.create_tables([Shelf])
        cursor = MEMORY.execute_sql("SELECT 'A1', '2026-11-23'")
        database = Answered(cursor)
        reader = Shelf.select().execute(database)
        assert database.asked == 1, "Query.execute(database) no longer calls database.execute(query) once"
        reader.initialize()
        (shelf,) = [reader.process_row(row) for row in cursor.fetchall()]
    assert isinstance(shelf, Shelf), "the reader of a query no longer makes rows of its model"
    assert (shelf.label, str(shelf.filled_on)) == ("A1", "2026-11-23")
    assert shelf.filled_on.year == 2026, "the reader no longer converts what the engine gives"


def test_a_model_tells_its_table_key_and_fields() -> None:
    told = Shelf._meta  # noqa: SLF001 – the name that Peewee documents
    assert told.table_name == "a_shelf"
    assert told.primary_key is Shelf.label
    assert told.sorted_fields == [Shelf.label, Shelf.filled_on], (
        "the fields are no longer in the model's order"
    )
