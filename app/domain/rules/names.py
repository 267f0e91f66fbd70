"""Names of people, of which one part may not exist: many civil registers know a single name."""

from app.domain.rules.deadlines import Identity


def surname_first(identity: Identity) -> str:
    """Return the whole name as lists sort it: `Nguyễn Thị Ánh`."""
    return _joined(identity["surname"], identity["given_names"])


def given_first(identity: Identity) -> str:
    """Return the whole name as letters write it: `Thị Ánh Nguyễn`."""
    return _joined(identity["given_names"], identity["surname"])


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
