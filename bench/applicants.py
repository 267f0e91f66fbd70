"""Applicants with all answers and no document, each with an e-photo code."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from app.demonstration import people, stories
from app.demonstration.people import Applicant
from app.domain.procedures.student import STUDENT_RENEWAL
from app.domain.rules.calendar import paris_day
from app.factory import create_app
from app.services.applications import dossiers
from app.settings import Settings
from app.storage.database import database


def numbers(count: int) -> list[str]:
    """Return `count` foreign-national numbers."""
    return [f"99300{number:05}" for number in range(1, count + 1)]


def photo_code(number: str) -> str:
    """Return the e-photo code of an applicant."""
    return f"{number}{'0' * 12}"


def make(count: int) -> None:
    """Create the applicants in the database, and their codes at the photo desk, of the environment's settings."""
    settings = Settings.from_env()
    app = create_app(settings)
    now = app.extensions["clock"]()
    today = paris_day(now)
    desk = Path(settings.ephoto_url.removeprefix("file:"))
    codes = json.loads(desk.read_text(encoding="utf-8"))
    with database.connection_context():
        for number in numbers(count):
            applicant = Applicant(number, "Mesure", "Une", "F", "2000-01-01", "Lomé", "TGO", 90, "", "")
            account = people.make_account(applicant, now - timedelta(days=200))
            draft = dossiers.begin(account, STUDENT_RENEWAL, now)
            dossiers.save_answers(draft, stories.answers(today), now)
            codes[photo_code(number)] = {"state": "ready", "taken_on": today.isoformat()}
    desk.write_text(json.dumps(codes), encoding="utf-8")


if __name__ == "__main__":
    make(int(sys.argv[1]))
