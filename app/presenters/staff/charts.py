"""Bar charts as numbers for a template (`templates/macros/charts.html`).

Widths are percentages and words stand above their bar, so that nothing shrinks on a small screen or leaves it. A bar has
a full part and a hatched one, told apart without colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A bar's data: label, value printed after it, size of its full part and of its hatched part."""

    label: str
    value: str
    full: int
    hatched: int = 0


@dataclass(frozen=True)
class Bar:
    """A bar as drawn: the two widths in per cent."""

    label: str
    value: str
    full: float
    hatched: float


@dataclass(frozen=True)
class Chart:
    """Bars under one another, to one scale."""

    bars: Sequence[Bar]

    @property
    def hatched(self) -> bool:
        """Whether any bar has a hatched part."""
        return any(bar.hatched for bar in self.bars)


def bars(rows: Sequence[Row]) -> Chart:
    """Return a chart of rows to one scale that begins at 0."""
    longest = max((row.full + row.hatched for row in rows), default=0) or 1

    def width(size: int) -> float:
        return round(100 * size / longest, 2)

    return Chart(tuple(Bar(row.label, row.value, width(row.full), width(row.hatched)) for row in rows))
