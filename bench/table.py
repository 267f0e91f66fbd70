"""The lines that a run prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A measure, its goal, and whether it was met."""

    what: str
    goal: str
    measured: float
    met: bool

    def __str__(self) -> str:
        figure = f"{self.measured:.0f}" if self.measured >= 100 else f"{self.measured:.2f}"
        return f"{'met   ' if self.met else 'NOT MET'} {self.goal:>8}  {figure:>8}  {self.what}"
