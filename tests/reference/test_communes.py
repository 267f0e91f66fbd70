"""Communes are named as people type them: without ligatures, in the abbreviations of envelopes, by older names."""

import pytest

from app.reference.communes import communes_of, named, open_reference
from app.settings import Settings


@pytest.fixture(autouse=True)
def reference() -> None:
    """The list of the country."""
    open_reference(Settings().reference_dir)


@pytest.mark.parametrize(
    ("postcode", "typed", "name"),
    [
        ("54500", "Vandoeuvre-les-Nancy", "Vandœuvre-lès-Nancy"),  # keyboards have no œ
        ("54500", "VANDOEUVRE", "Vandœuvre-lès-Nancy"),
        ("94200", "Ivry s/ Seine", "Ivry-sur-Seine"),
        ("94200", "Ivry/Seine", "Ivry-sur-Seine"),
        ("97410", "St Pierre", "Saint-Pierre"),
        ("06000", "NICE CEDEX 1", "Nice"),
        ("74000", "Cran Gevrier", "Annecy"),  # merged in 2017
    ],
)
def test_a_commune_is_named_as_people_type_it(postcode: str, typed: str, name: str) -> None:
    found = named(typed, communes_of(postcode))
    assert found is not None
    assert found.name == name


def test_another_commune_is_not_named() -> None:
    assert named("Saint-Martin-d'Hères", communes_of("38000")) is None
