"""Names of people, of which one part may not exist: many civil registers know a single name."""

from app.domain.rules.deadlines import Identity


def surname_first(identity: Identity) -> str:
    """Return the whole name as lists sort it: `Nguyễn Thị Ánh`."""
    return _joined(identity["surname"], identity["given_names"])


def given_first(identity: Identity) -> str:
    """Return the whole name as letters write it: `Thị Ánh Nguyễn`."""
    return _joined(identity["given_names"], identity["surname"])


def with_latin(name: str, identity: Identity) -> str:
    """Return a name followed by the passport's Latin form of it, where the register writes it in other letters."""
    latin = identity.get("latin_name", "")
    return f"{name} ({latin})" if latin else name


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
