"""Comparison of declared resources with the required amount."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sufficiency:
    """The declared and the required amount, in cents, shown in the summary of an application."""

    declared: int
    asked: int
    yearly: bool = False  # both a year, otherwise a month
