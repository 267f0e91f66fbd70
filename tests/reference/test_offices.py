"""The operator's file of services: what it adds, and how each slip is told."""

import pytest

from app.reference import communes, offices
from app.reference.offices import BadServices, Office, read, standard
from app.settings import ROOT, Settings

VILLEFRANCHE = """
[[subprefecture]]
arrondissement = "692"
name = "Sous-préfecture de Villefranche-sur-Saône"
city = "Villefranche-sur-Saône"
collection_place = "1 rue du Test, 69400 Villefranche-sur-Saône"
"""


@pytest.fixture(autouse=True)
def reference() -> None:
    """The list of communes."""
    communes.open_reference(Settings().reference_dir)


def by_code(text: str) -> dict[str, Office]:
    return {one.code: one for one in read(text)}


def test_an_empty_file_means_the_prefectures() -> None:
    assert read("") == standard()
    assert len(standard()) == 106


def test_a_subprefecture_is_added() -> None:
    found = by_code(VILLEFRANCHE)
    assert len(found) == 107
    assert found["69-2"] == Office(
        code="69-2",
        department="69",
        name="Sous-préfecture de Villefranche-sur-Saône",
        city="Villefranche-sur-Saône",
        collection_place="1 rue du Test, 69400 Villefranche-sur-Saône",
        help_place="",
        site="https://www.rhone.gouv.fr",
    )


def test_overseas_and_corsica() -> None:
    given = VILLEFRANCHE.replace('"692"', '"{}"')
    assert {"971-2", "2A-4"} <= set(by_code(given.format("9712") + given.format("2A4")))


def test_a_prefecture_is_completed_not_renamed() -> None:
    found = by_code('[[prefecture]]\ndepartment = "69"\nhelp_place = " 97 rue Molière, Lyon "')["69"]
    assert (found.name, found.city, found.help_place) == (
        "Préfecture du Rhône",
        "Lyon",
        "97 rue Molière, Lyon",
    )
    assert found.collection_place == "Préfecture du Rhône, Lyon"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (VILLEFRANCHE.replace("692", "699"), "'699'): no arrondissement has this code."),
        (VILLEFRANCHE.replace("692", "69-2"), "'69-2'): no arrondissement has this code."),
        (VILLEFRANCHE.replace('"692"', "692"), "write the code of the arrondissement between quotes."),
        (VILLEFRANCHE.replace("arrondissement", "code"), "nothing is called code."),
        (VILLEFRANCHE * 2, "subprefecture 2 (arrondissement '692'): it is there twice."),
        (VILLEFRANCHE.replace("name =", "nom ="), "name is missing."),
        (VILLEFRANCHE.replace("city =", "#"), "city is missing."),
        (VILLEFRANCHE.replace("collection_place =", "#"), "collection_place is missing."),
        (VILLEFRANCHE + 'help_place = " "', "help_place is empty or not a text."),
        (VILLEFRANCHE + "help_place = 3", "help_place is empty or not a text."),
        (VILLEFRANCHE + 'site = "http://x.fr"', "site is not an address such as"),
        (VILLEFRANCHE + 'site = "https://[x"', "site is not an address such as"),
        (VILLEFRANCHE.replace("Sous", "S" * 120), "name has more than 120 characters."),
        (
            '[[prefecture]]\ndepartment = "20"',
            "prefecture 1 (department '20'): no département has this code.",
        ),
        ('[[prefecture]]\ndepartment = "984"', "no département has this code."),
        ('[[prefecture]]\ndepartment = "977"', "Saint-Martin handles it: write 978."),
        ('[[prefecture]]\ndepartment = "69"\n' * 2, "prefecture 2 (department '69'): it is there twice."),
        ("[[prefecture]]\ndepartment = 69", "write the code of the department between quotes."),
        ('[prefecture]\ndepartment = "69"', "write [[prefecture]] above each, with two brackets."),
        ("[[sousprefecture]]", "sousprefecture: write [[prefecture]] or [[subprefecture]]."),
        ("arrondissement = ", "This is not TOML:"),
    ],
)
def test_refusals(text: str, said: str) -> None:
    with pytest.raises(BadServices) as refusal:
        read(text)
    assert any(said in reason for reason in refusal.value.reasons), refusal.value.reasons


def test_every_reason_at_once() -> None:
    with pytest.raises(BadServices) as refusal:
        read(VILLEFRANCHE.replace("692", "699").replace("city =", "#") + "[[prefecture]]\n")
    assert len(refusal.value.reasons) == 3


@pytest.mark.parametrize("text", ["", VILLEFRANCHE])
def test_a_missing_prefecture(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(offices, "prefecture_of", lambda code: None if code == "69" else object())
    with pytest.raises(BadServices) as refusal:
        read(text)
    assert refusal.value.reasons == ["No prefecture is known for 69: complete prefectures.tsv."]


def test_the_example_can_be_loaded() -> None:
    example = (ROOT / "docs" / "services.example.toml").read_text(encoding="utf-8")
    assert read(example) != standard()
