"""What a certificate says in the language of a page: rows of the check page, and of the holder's own page on paper."""

from collections.abc import Iterable
from datetime import date

from app.domain.dossiers.attestations import PublicRow
from app.domain.rules.births import BirthDate
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


def formatted(rows: Iterable[PublicRow]) -> list[tuple[str, str]]:
    """Return rows as labels and texts."""
    return [(_(row.label), _format_row(row)) for row in rows]


def _format_row(row: PublicRow) -> str:
    values = {name: _format_value(value) for name, value in row.values.items()}
    return str(_(row.text, **values)) if row.sentence else row.text % values


def _format_value(value: str | date | BirthDate) -> str:
    if isinstance(value, BirthDate):
        return formats.birth(value, language())
    return formats.day(value, language()) if isinstance(value, date) else value
