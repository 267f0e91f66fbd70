"""People who come with a visa, the first application they file, and trial validations of a visa."""

from dataclasses import replace
from datetime import date
from typing import Any

from app.domain import procedures
from app.domain.journeys.editions import Registry
from app.domain.journeys.journey import Journey, Purpose
from app.domain.rules.deadlines import VALIDATION
from tests import factories
from tests.on_offer import STUDENT_FIRST

VISA = "330000203"
FIRST_DAY, LAST_DAY = date(2026, 11, 1), date(2027, 1, 31)

FIRST_PERMIT = STUDENT_FIRST
# Granted by an agent: what gives the number is the decision, not the opening.
CHECKED_VALIDATION = replace(
    FIRST_PERMIT,
    slug="essai-validation",
    purpose=Purpose.VALIDATION,
    deadline=VALIDATION,
    holders=frozenset({"VLS-TS"}),
)
# Granted as soon as it is filed.
VALIDATION_AT_ONCE = replace(CHECKED_VALIDATION, slug="essai-validation-directe", automatic=lambda case: True)

DECLARED = procedures.registry


def offer(*journeys: Journey) -> None:
    """Let the service know these procedures, from now on."""
    procedures.registry = Registry((*procedures.JOURNEYS, *journeys))


def withdraw() -> None:
    """Let the service know those declared, and no others."""
    procedures.registry = DECLARED


def record(kind: str = "VLS", **changes: Any) -> dict[str, Any]:
    """What the register holds of a visa."""
    held = factories.identity(LAST_DAY, permit_kind=kind, foreign_number="", valid_from=str(FIRST_DAY))
    return held | {"visa_number": VISA, "validated_on": ""} | changes


def holder(kind: str = "VLS", **columns: Any) -> Any:
    """The account of somebody who came with a visa, without number, nor password."""
    given = {"foreign_number": None, "visa_number": VISA, "password_hash": ""}
    return factories.account(record(kind), **given | columns)
