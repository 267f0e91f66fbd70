"""E-stamps of the demonstration, one for each answer of the stamp desk."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from app.domain.rules.fees import FEES, Operation, Rate
from app.settings import Settings

# number → (state, cents above the tax of a student's visa, months since it was bought, note)
STAMPS: dict[str, tuple[str, int, int, str]] = {
    "1000200030004001": ("good", 0, 1, "good, a student's visa"),
    "1000200030004002": ("good", 0, 2, "good, a student's visa"),
    "1000200030004003": ("good", 20_000, 1, "good, another visa"),
    "1000200030004004": ("good", -5_000, 1, "wrong amount"),
    "1000200030004005": ("used", 0, 1, "used"),
    "1000200030004006": ("refunded", 0, 1, "refunded"),
    "1000200030004007": ("good", 0, 14, "too old"),
}


def write(settings: Settings, today: date) -> None:
    """Write the stamps, bought at dates relative to today."""
    student = FEES[Operation.VALIDATION, Rate.REDUCED].on(today)
    rows: dict[str, dict[str, Any]] = {
        number: {
            "state": state,
            "amount": student + more,
            "used_for": "elsewhere" if state == "used" else "",
            "bought_on": (today - timedelta(days=30 * months)).isoformat(),
        }
        for number, (state, more, months, _note) in STAMPS.items()
    }
    path = Path(settings.stamps_url.removeprefix("file:"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def summary() -> list[str]:
    """Return the lines that a terminal prints about stamps."""
    return [
        "E-stamps to type:",
        *(f"  {'stamp':<9} {number:<32} {note}" for number, (*_rest, note) in STAMPS.items()),
    ]
