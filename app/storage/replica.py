"""Reads that may be a second old: from a replica where there is one, so that counting slows no filing."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import peewee
from peewee import Database, DatabaseProxy
from playhouse.pool import MaxConnectionsExceeded

# Errors of a database that is away, is full, or has just become another's standby: they end by themselves.
UNAVAILABLE = (peewee.OperationalError, peewee.InterfaceError, peewee.InternalError, MaxConnectionsExceeded)

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

_reading: ContextVar[Database | None] = ContextVar("replica", default=None)


class Routed(DatabaseProxy):
    """The one database; within a function that is `a_second_old`, its replica."""

    main: Any = None
    replica: Database | None = None

    @property
    def obj(self) -> Any:
        """The database of this moment."""
        return _reading.get() or self.main

    @obj.setter
    def obj(self, opened: Any) -> None:
        vars(self)["main"] = opened  # a proxy refuses attributes of its own

    def read_from(self, opened: Database | None) -> None:
        """Bind the replica; None for none."""
        vars(self)["replica"] = opened

    def a_second_old(self, read: Callable[P, R]) -> Callable[P, R]:
        """Have a function read from the replica; from the database itself while the replica is away.

        What it returns is read by its end: nothing of it asks the database later.
        """

        @wraps(read)
        def routed(*given: P.args, **options: P.kwargs) -> R:
            replica = self.replica
            if replica is None or _reading.get() is not None:
                return read(*given, **options)
            token = _reading.set(replica)
            try:
                with replica.connection_context():
                    return read(*given, **options)
            except UNAVAILABLE as error:
                log.warning("replica unavailable", exc_info=error)
            finally:
                _reading.reset(token)
            return read(*given, **options)

        return routed
