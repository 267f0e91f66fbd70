"""Data of the demonstration's gateways: the permit register and the photo desk."""

import json
from datetime import date, timedelta
from pathlib import Path

from app.demonstration.people import APPLICANTS, VISAS, demo_code, record, visa_record
from app.demonstration.trouble import TROUBLED
from app.demonstration.visa_holders import ARRIVALS
from app.settings import Settings

# Codes to type, one for each answer of the photo desk.
CODES = {
    "7K2M9QXA41TBZC83WD6R5H": ("ready", 10),
    "7K2M9QXA41TBZC83WD6R5J": ("ready", 20),
    "7K2M9QXA41TBZC83WD6R5K": ("ready", 3),
    "ATTENDRE00000000000000": ("not_arrived", 0),
    "UTILISEE00000000000000": ("used", 30),
    "EXPIREE000000000000000": ("ready", 200),
    "SANSSIGNATURE000000000": ("unsigned", 5),
    "REFUSEE000000000000000": ("refused", 5),
}


def write_register(settings: Settings, today: date) -> None:
    """Write the register's permits, with and without account, and visas."""
    rows = [record(applicant, today) for applicant in APPLICANTS]
    _write(settings.register_url, rows + [visa_record(visa, today) for visa in (*VISAS, *ARRIVALS)])


def visa_dates(settings: Settings) -> dict[str, str]:
    """Return the validity of each visa of the register by its number, {} before it is written."""
    path = Path(settings.register_url.removeprefix("file:"))
    rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    visas = {row["visa_number"]: row for row in rows if row.get("visa_number")}
    return {number: f"{row['valid_from']} to {row['valid_until']}" for number, row in visas.items()}


def write_photos(settings: Settings, today: date) -> None:
    """Write the photo desk's codes."""
    numbers = (*(applicant.number for applicant in APPLICANTS), *(visa.visa for visa in (*VISAS, *ARRIVALS)))
    own = {demo_code(number): ("ready", 10) for number in numbers if number != TROUBLED}
    codes = {
        code: {"state": state, "taken_on": (today - timedelta(days=age)).isoformat()}
        for code, (state, age) in (CODES | own).items()
    }
    _write(settings.ephoto_url, codes)


def _write(url: str, content: object) -> None:
    path = Path(url.removeprefix("file:"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
