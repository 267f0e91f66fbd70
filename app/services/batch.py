"""Run a callable for each row of a batch; log and skip the rows that raise.

An error in one dossier must not leave the following ones without their extension of rights.
"""

import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from app.storage.database import UNAVAILABLE

log = logging.getLogger(__name__)

T = TypeVar("T")


def run_isolated(label: str, function: Callable[[], int], **fields: Any) -> int:
    """Return the result of a function, or 0 if it raises; the exception is logged under `label` with `fields`.

    UNAVAILABLE is raised: without a database the rest of the batch cannot run either.
    """
    try:
        return function()
    except UNAVAILABLE:
        raise
    except Exception as error:  # any exception: one bad row must not stop the batch
        log.error("%s failed", label, exc_info=error, extra={"fields": fields})
        return 0


def for_each_isolated(label: str, rows: Iterable[T], function: Callable[[T], bool]) -> int:
    """Call a function for each row and return how many calls returned True; a failure is logged with the row's id."""
    return sum(run_isolated(label, partial(function, row), row=getattr(row, "id", row)) for row in rows)
