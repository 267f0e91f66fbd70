"""Invented people for the trials: `python -m cluster.seeding STUDENTS VISAS AGENTS`, in the environment of commands.

Everybody has the password of the demonstration. What each person will send is known by their number: e-photo code, stamp.
"""

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.demonstration.people import PASSWORD, Applicant, record
from app.demonstration.staff import TOTP_SECRET
from app.domain.rules.calendar import paris_day
from app.domain.rules.fees import FEES, Operation, Rate
from app.domain.text import fold
from app.factory import create_app
from app.services.access.passwords import hash_password
from app.settings import Settings
from app.storage.database import database
from app.storage.models import Account, Agent, Service

DEPARTMENT = "69"  # of the address that everybody writes


def student(number: int) -> str:
    """Return the foreign-national number of a student."""
    return f"99300{number:05}"


def visa(number: int) -> str:
    """Return the number of a visa to validate."""
    return f"{340000000 + number}"


def email(number: str) -> str:
    """Return an e-mail address."""
    return f"essai-{number}@exemple.fr"


def photo_code(number: str) -> str:
    """Return the e-photo code of a student."""
    return number.ljust(22, "0")


def stamp(number: str) -> str:
    """Return the number of the stamp that the holder of a visa bought."""
    return f"5{number:0>15}"


def agent(number: int) -> str:
    """Return the e-mail address of an officer."""
    return f"agent-{number}@exemple.fr"


def visa_record(number: str, today: date) -> dict[str, Any]:
    """Return a visa that began ten days ago, as the register has it."""
    begins = today - timedelta(days=10)
    return record(Applicant("", "Essai", "Visa", "F", "2003-03-03", "Lomé", "TGO", 0, "", ""), today) | {
        "permit_kind": "VLS-TS",
        "visa_number": number,
        "valid_from": begins.isoformat(),
        "valid_until": (begins + timedelta(days=364)).isoformat(),
        "validated_on": "",
    }


def make(students: int, visas: int, agents: int, now: datetime, desks: Path) -> None:
    """Write accounts and officers into the database, visas, codes and stamps to the desks."""
    today, secret = paris_day(now), hash_password(PASSWORD)
    shared = {"password_hash": secret, "language": "fr", "created_at": now - timedelta(days=200)}
    register, codes, stamps = [], {}, {}
    for number in map(student, range(1, students + 1)):
        invented = Applicant(number, "Essai", "Étude", "F", "2000-01-01", "Lomé", "TGO", 90, "", "")
        identity = record(invented, today)
        register.append(identity)
        codes[photo_code(number)] = {"state": "ready", "taken_on": today.isoformat()}
        Account.create(foreign_number=number, email=email(number), identity=identity, **shared)
    cents = FEES[Operation.VALIDATION, Rate.REDUCED].on(today)
    for number in map(visa, range(1, visas + 1)):
        identity = visa_record(number, today)
        register.append(identity)
        stamps[stamp(number)] = {
            "state": "good",
            "amount": cents,
            "used_for": "",
            "bought_on": today.isoformat(),
        }
        Account.create(visa_number=number, email=email(number), identity=identity, **shared)
    office = Service.get(Service.code == DEPARTMENT)
    for address in map(agent, range(1, agents + 1)):
        name = f"Agent {address} (essai)"
        secrets = {"password_hash": secret, "totp_secret": TOTP_SECRET}
        Agent.create(service=office, email=address, name=name, search=fold(name, address), **secrets)
    for name, rows in (("register", register), ("ephotos", codes), ("stamps", stamps)):
        (desks / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Make as many as the command line says."""
    students, visas, agents = map(int, sys.argv[1:])
    settings = Settings.from_env()
    app = create_app(settings)
    with database.connection_context(), database.atomic():
        make(students, visas, agents, app.extensions["clock"](), Path(settings.stamps_url[5:]).parent)


if __name__ == "__main__":
    main()
