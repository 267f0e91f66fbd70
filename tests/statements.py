"""What is asked of the database while a block runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.storage.database import database


@contextmanager
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Any]]]:
    """The statements that the block sends, with their values."""
    sent: list[tuple[str, Any]] = []
    real = database.obj.execute_sql

    def execute_sql(sql: str, params: Any = None, *rest: Any, **named: Any) -> Any:
        sent.append((sql, params))
        return real(sql, params, *rest, **named)

    with monkeypatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", execute_sql)
        yield sent
