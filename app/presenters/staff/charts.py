"""Charts as shapes: numbers become widths, and a template draws them (`templates/macros/charts.html`).

Widths are parts of whatever room there is, texts keep the size of the page: nothing is scaled down on a small screen.
A bar has a full part and a hatched one, told apart without colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROW = 46  # pixels from one bar to the next: its label, then the bar
ROOM = 76.0  # per cent of the width for the longest bar; its value stands after it


@dataclass(frozen=True)
class Row:
    """One line to draw: what it is, the value written after its bar, its full part and its hatched one."""

    label: str
    value: str
    full: int
    hatched: int = 0


@dataclass(frozen=True)
class Bar:
    """One line as drawn: `top` in pixels, the two widths in per cent."""

    label: str
    value: str
    top: int
    full: float
    hatched: float

    @property
    def end(self) -> float:
        """Where the bar ends, in per cent."""
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
    """Every line to one scale, from nought; nothing at all is bars without length."""
    longest = max((row.full + row.hatched for row in rows), default=0) or 1
    drawn = tuple(
        Bar(
            row.label,
            row.value,
            place * ROW,
            round(ROOM * row.full / longest, 2),
            round(ROOM * row.hatched / longest, 2),
        )
        for place, row in enumerate(rows)
    )
    return Chart(drawn, len(drawn) * ROW)
