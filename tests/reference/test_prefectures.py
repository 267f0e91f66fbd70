"""The prefectures as their official names have them, against INSEE's own word on the article of each département."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from app.reference.building import SOURCE
from app.reference.prefectures import prefecture_of, prefectures, subprefecture_code

# Names of their own, by code.
NAMED = {
    "75": "Préfecture de police",
    "978": "Préfecture de Saint-Barthélemy et de Saint-Martin",
    "986": "Administration supérieure des îles Wallis et Futuna",
    "987": "Haut-commissariat de la République en Polynésie française",
    "988": "Haut-commissariat de la République en Nouvelle-Calédonie",
}
# INSEE's code of the article, as it contracts after « Préfecture ».
CONTRACTIONS = {0: "de ", 1: "d’", 2: "du ", 3: "de la ", 4: "des ", 5: "de l’"}
# INSEE gives these an article; the decrees that appoint their prefects do not.
WITHOUT_ARTICLE = {"41": "Loir-et-Cher", "47": "Lot-et-Garonne", "82": "Tarn-et-Garonne", "84": "Vaucluse"}
NOBODY = "984"  # no commune of the austral lands has a postcode


@cache
def published(name: str) -> Any:
    """A list of the package that publishes them."""
    return json.loads((SOURCE / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("departement", published("departements"), ids=lambda one: one["code"])
def test_official_name(departement: dict[str, Any]) -> None:
    code, name = departement["code"], departement["nom"].replace("'", "’")
    found = prefecture_of(code)
    if code == NOBODY:
        assert found is None
        return
    assert found is not None
    if found.code in NAMED:
        assert found.name == NAMED[found.code]
    elif code in WITHOUT_ARTICLE:
        assert found.name == f"Préfecture de {WITHOUT_ARTICLE[code]}"
    else:
        assert found.name == f"Préfecture {CONTRACTIONS[departement['typeLiaison']]}{name}"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("69", "Préfecture du Rhône"),
        ("01", "Préfecture de l’Ain"),
        ("35", "Préfecture d’Ille-et-Vilaine"),
        ("2A", "Préfecture de la Corse-du-Sud"),
        ("22", "Préfecture des Côtes-d’Armor"),
        ("77", "Préfecture de Seine-et-Marne"),
        ("974", "Préfecture de La Réunion"),
        ("976", "Préfecture de Mayotte"),
    ],
)
def test_a_few_names_by_hand(code: str, name: str) -> None:
    found = prefecture_of(code)
    assert found is not None
    assert found.name == name


def test_each_once_with_a_site() -> None:
    codes = Counter(code for one in prefectures() for code in one.departements)
    assert set(codes.values()) == {1}
    for one in prefectures():
        assert one.site.startswith("https://www.")
        assert one.site.endswith(".gouv.fr")
        assert one.city
        assert one.code == one.departements[0]


def test_the_city_is_the_chief_town() -> None:
    """But for those whose prefecture stands elsewhere."""
    elsewhere = {"95": "Cergy", "978": "Marigot", "986": "Mata-Utu"}
    towns = {one["code"]: one["nom"] for one in published("communes") if one["type"] == "commune-actuelle"}
    seats = {one["code"]: towns[one["chefLieu"]] for one in published("departements")} | elsewhere
    assert {one.code: one.city for one in prefectures()} == {
        one.code: seats[one.code] for one in prefectures()
    }


def test_subprefectures_have_codes_of_their_own() -> None:
    """No two arrondissements of the country share one, and each begins with its département's."""
    codes = [subprefecture_code(one["departement"], one["code"]) for one in published("arrondissements")]
    assert len(codes) == len(set(codes)) == 333
    assert {"69-2", "2A-4", "971-2", "13-1"} <= set(codes)
    assert max(map(len, codes)) <= 8
