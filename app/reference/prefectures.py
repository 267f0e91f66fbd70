"""The prefecture of each département and overseas collectivity, by the code of the département."""

from dataclasses import dataclass

from app.reference.communes import query

# Without inhabitants, or a customs shape of Lyon's metropolis: no prefecture for permits there.
_NONE = frozenset({"984", "989"})


@dataclass(frozen=True)
class Prefecture:
    """Where the permits of a département are handled; `city` is its chief town."""

    code: str
    departement: str
    city: str


def prefectures() -> tuple[Prefecture, ...]:
    """All of them, by code."""
    rows = query("SELECT code, name, city FROM departement ORDER BY code")
    return tuple(Prefecture(*row) for row in rows if row[0] not in _NONE)


def of_place(name: str) -> str:
    """`de Lyon`, `d’Ajaccio`, `du Mans`, `des Abymes`, `de La Rochelle`."""
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    if name[0] in "AEIOUYÉÈÊÎÔÂ" and not name.startswith("Y"):
        return f"d’{name}"
    return f"de {name}"
