"""Whether somebody has enough to live on, in figures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sufficiency:
    """An amount declared beside the amount asked, both in cents, told in the summary."""

    declared: int
    asked: int
    yearly: bool = False  # else a month
