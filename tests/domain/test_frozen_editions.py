"""No edition changes once it is frozen, and every dossier ever begun finds its own."""

import pytest

from app.domain import procedures
from app.domain.procedures import JOURNEYS
from tooling import editions

FROZEN = editions.read()


def test_every_edition_is_as_it_was_frozen():
    found = editions.faults(FROZEN, editions.declared(procedures.registry))
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    ("slug", "edition"), [(slug, int(number)) for slug, of in FROZEN.items() for number in of]
)
def test_every_dossier_ever_begun_finds_its_procedure(slug, edition):
    assert procedures.journey(slug, edition).version == edition
    assert procedures.latest(slug) in procedures.known()


@pytest.mark.parametrize("journey", JOURNEYS, ids=str)
def test_declarations_hold_together_from_edition_to_edition(journey):
    kinds = {}
    for question in (q for step in journey.steps for q in step.questions):
        assert kinds.setdefault(question.key, question.kind) is question.kind, (
            f"{question.key}: a new kind is a new key"
        )
    if journey.replaced_by:
        assert procedures.latest(journey.replaced_by), f"{journey.slug} leads nowhere"
        assert journey.until is not None
        assert procedures.current(journey.slug) or procedures.replacement(journey.slug), (
            f"{journey.slug} leads round and round"
        )
