"""Work on many where one that fails costs the others nothing: nobody loses their rights to somebody else's mistake."""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from peewee import InterfaceError, OperationalError

log = logging.getLogger(__name__)

T = TypeVar("T")


def run_isolated(what: str, act: Callable[[], int], **fields: Any) -> int:
    """What an act returns; 0 and a line of the log when it fails. Only a database that is away is raised."""
    try:
        return act()
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:  # whatever it is, even a mistake of ours: see the first line of this file
        log.error("%s failed", what, exc_info=error, extra={"fields": fields})
        return 0


def for_each_isolated(what: str, rows: Iterable[T], act: Callable[[T], bool]) -> int:
    """Act on each row; for how many it was done. The log tells a row by its number."""
    return sum(run_isolated(what, partial(act, row), row=getattr(row, "id", row)) for row in rows)
