"""Amounts of resources or pay that a case declares, beside those that the law asks for."""

from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case
from app.domain.rules.resource_check import Sufficiency


def required_amounts(journey: Journey, case: Case) -> dict[str, Sufficiency]:
    """Return declared and required amounts on the day of a case, by the slug of their step."""
    found = {
        step.slug: step.sufficiency(case.answers, case.today) for step in journey.steps if step.sufficiency
    }
    return {slug: amounts for slug, amounts in found.items() if amounts}
