"""Bar charts as numbers for a template (`templates/macros/charts.html`).

Widths are percentages and texts keep the size of the page, so that nothing shrinks on a small screen. A bar has a
full part and a hatched one, told apart without colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 46  # pixels from one bar to the next, for its label and the bar
ROOM = 76.0  # per cent of the width for the longest bar, which leaves room for its value


@dataclass(frozen=True)
class Row:
    """A bar's data: label, value printed after it, size of its full part and of its hatched part."""

    label: str
    value: str
    full: int
    hatched: int = 0


@dataclass(frozen=True)
class Bar:
    """A bar as drawn: `top` in pixels, the two widths in per cent."""

    label: str
    value: str
    top: int
    full: float
    hatched: float

    @property
    def end(self) -> float:
        """The end of the bar, in per cent."""
        return round(self.full + self.hatched, 2)


@dataclass(frozen=True)
class Chart:
    """Bars under one another; `height` in pixels."""

    bars: Sequence[Bar]
    height: int

    @property
    def hatched(self) -> bool:
        """Whether any bar has a hatched part."""
        return any(bar.hatched for bar in self.bars)


def bars(rows: Sequence[Row]) -> Chart:
    """Return a chart of rows to one scale that begins at 0."""
    longest = max((row.full + row.hatched for row in rows), default=0) or 1
    drawn = tuple(
        Bar(
            row.label,
            row.value,
            index * ROW,
            round(ROOM * row.full / longest, 2),
            round(ROOM * row.hatched / longest, 2),
        )
        for index, row in enumerate(rows)
    )
    return Chart(drawn, len(drawn) * ROW)
