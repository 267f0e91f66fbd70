"""The services that change a dossier under its lock, read from the code: whoever adds one owes it a row of the model."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import CodeType
from typing import Any

from app import services
from app.storage.applications import audit, dossiers

Function = Callable[..., Any]
# Each takes the row of the dossier for the rest of the transaction.
_LOCKING = {dossiers.locked, dossiers.of_owner, dossiers.open_of, audit.append}
_BEGINNING = {"atomic", "changing"}  # names that open a transaction


def writers() -> set[Function]:
    """Return the public functions of the services that open a transaction and lock a dossier in it."""
    found = (function for module in _modules() for function in _defined(module))
    return {function for function in found if _begins(function) and _LOCKING & _reached(function)}


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(services.__path__, f"{services.__name__}."):
        yield import_module(module.name)


def _defined(module: Any) -> Iterator[Function]:
    for name, value in vars(module).items():
        own = inspect.isfunction(value) and value.__module__ == module.__name__
        if own and not name.startswith("_") and not inspect.isgeneratorfunction(inspect.unwrap(value)):
            yield value


@cache
def _called(function: Function) -> frozenset[Function]:
    """Return the functions that one names, itself or as an attribute of a module that it names."""
    inner = inspect.unwrap(function)
    names = _names(inner.__code__)
    known = [inner.__globals__.get(name) for name in names]
    known += [getattr(module, name, None) for module in known if inspect.ismodule(module) for name in names]
    return frozenset(inspect.unwrap(value) for value in known if inspect.isfunction(value))


def _names(code: CodeType) -> set[str]:
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _begins(function: Function) -> bool:
    """Return whether a function opens a transaction, itself or in a private part of its module."""

    def is_part(other: Function) -> bool:
        return other.__module__ == function.__module__ and other.__name__.startswith("_")

    return any(_BEGINNING & _names(part.__code__) for part in _reached(function, is_part))


def _of_product(function: Function) -> bool:
    return function.__module__.startswith("app.")


def _reached(function: Function, follow: Callable[[Function], bool] = _of_product) -> set[Function]:
    """Return a function and those that it may come to."""
    seen: set[Function] = set()
    ahead = {inspect.unwrap(function)}
    while ahead:
        part = ahead.pop()
        seen.add(part)
        ahead |= {further for further in _called(part) if follow(further)} - seen
    return seen
