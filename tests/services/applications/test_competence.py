"""Every commune of the country has one service, and the sub-prefectures that an operator lists take their own."""

import pytest

from app.reference.communes import all_communes, communes_of
from app.reference.offices import read, standard
from app.reference.prefectures import possible_services
from app.services.applications.competence import UnknownCommune, service_for, service_of, services_by_commune
from app.services.operations import services_loading
from app.services.operations.services_loading import Loaded
from app.storage.models import Service
from app.storage.people import services as store
from app.storage.people.services import NoServiceInCharge
from tests import factories
from tests.answers import ANSWERS

VILLEFRANCHE = """
[[subprefecture]]
arrondissement = "692"
name = "Sous-préfecture de Villefranche-sur-Saône"
city = "Villefranche-sur-Saône"
collection_place = "1 rue du Test"
"""

pytestmark = pytest.mark.usefixtures("app")


def test_every_commune_has_exactly_one() -> None:
    services_loading.load(read(VILLEFRANCHE))
    towns = all_communes()
    assert len(towns) > 34_900
    services = services_by_commune(towns)
    assert set(services) == {town.code for town in towns}
    seen = set()
    for town in towns:
        found, territory = services[town.code], possible_services(town)
        assert found.code in territory
        if territory not in seen:  # those of one arrondissement have the same answer
            seen.add(territory)
            assert service_for(town.code) == found
    in_charge = {one.code for one in services.values()}
    assert in_charge == {one.code for one in Service.select()}, "a service that nobody can apply to"


@pytest.mark.parametrize(
    ("commune", "code", "name"),
    [
        ("75056", "75", "Préfecture de police"),
        ("75113", "75", "Préfecture de police"),
        ("92012", "92", "Préfecture des Hauts-de-Seine"),
        ("69123", "69", "Préfecture du Rhône"),
        ("69383", "69", "Préfecture du Rhône"),
        ("69264", "69", "Préfecture du Rhône"),
        ("13055", "13", "Préfecture des Bouches-du-Rhône"),
        ("13215", "13", "Préfecture des Bouches-du-Rhône"),
        ("2A004", "2A", "Préfecture de la Corse-du-Sud"),
        ("2B033", "2B", "Préfecture de la Haute-Corse"),
        ("97105", "971", "Préfecture de la Guadeloupe"),
        ("97209", "972", "Préfecture de la Martinique"),
        ("97302", "973", "Préfecture de la Guyane"),
        ("97411", "974", "Préfecture de La Réunion"),
        ("97502", "975", "Préfecture de Saint-Pierre-et-Miquelon"),
        ("97611", "976", "Préfecture de Mayotte"),
        ("97701", "978", "Préfecture de Saint-Barthélemy et de Saint-Martin"),
        ("97801", "978", "Préfecture de Saint-Barthélemy et de Saint-Martin"),
        ("98613", "986", "Administration supérieure des îles Wallis et Futuna"),
        ("98735", "987", "Haut-commissariat de la République en Polynésie française"),
        ("98901", "987", "Haut-commissariat de la République en Polynésie française"),
        ("98818", "988", "Haut-commissariat de la République en Nouvelle-Calédonie"),
    ],
)
def test_who_is_in_charge(commune: str, code: str, name: str) -> None:
    services_loading.add_missing()
    found = service_for(commune)
    assert (found.code, found.name) == (code, name)


@pytest.mark.parametrize(
    ("whole", "first", "last"), [("75056", 75101, 75120), ("69123", 69381, 69389), ("13055", 13201, 13216)]
)
def test_a_divided_commune_is_served_as_one(whole: str, first: int, last: int) -> None:
    services_loading.add_missing()
    parts = {service_for(str(part)).code for part in range(first, last + 1)}
    assert parts == {service_for(whole).code}


@pytest.mark.parametrize("commune", ["", "00000", "69999", "98411", "Lyon"])
def test_no_such_commune(commune: str) -> None:
    services_loading.add_missing()
    with pytest.raises(UnknownCommune):
        service_for(commune)


def test_nothing_was_loaded() -> None:
    with pytest.raises(NoServiceInCharge):
        service_for("69383")
    assert len(services_loading.missing()) == 106


def test_a_subprefecture_takes_its_arrondissement_and_nothing_else() -> None:
    services_loading.load(read(VILLEFRANCHE))
    assert service_for("69264").code == "69-2"
    assert service_for("69383").code == "69"
    assert service_for("01004").code == "01"
    assert {one.code for one in services_by_commune(communes_of("69480")).values()} == {"69-2"}


@pytest.mark.parametrize(
    ("postcode", "commune", "code"),
    [
        ("69480", "Hameau des Vignes", "69-2"),  # every commune of the postcode is of the sub-prefecture
        ("69380", "Hameau des Vignes", "69"),  # of both: their prefecture
        ("69003", "Villeurbanne-le-Haut", "69"),
        ("69421", "Nouvelle-Ville", "69"),
        ("69003", "69264", "69-2"),  # a commune counts before its postcode
    ],
)
def test_a_name_in_no_list_is_served_as_its_postcode(postcode: str, commune: str, code: str) -> None:
    services_loading.load(read(VILLEFRANCHE))
    assert service_of({"postcode": postcode, "commune": commune}).code == code


def test_a_subprefecture_that_is_listed_no_more_keeps_its_dossiers() -> None:
    services_loading.load(read(VILLEFRANCHE))
    agent = factories.agent(Service.get(code="69-2"))
    assert services_loading.load(standard()) == Loaded(closed=["69-2"])
    assert service_for("69264").code == "69"
    assert agent.service.id == store.all_services()["69-2"].id
    assert services_loading.load(standard()) == Loaded()
    assert services_loading.load(read(VILLEFRANCHE)) == Loaded(changed=["69-2"])
    assert service_for("69264").code == "69-2"


def test_loading_twice_changes_nothing() -> None:
    assert len(services_loading.load(read(VILLEFRANCHE)).added) == 107
    before = {row.id: row.__data__ for row in Service.select()}
    assert services_loading.load(read(VILLEFRANCHE)) == Loaded()
    assert {row.id: row.__data__ for row in Service.select()} == before


def test_the_file_corrects_what_was_there() -> None:
    services_loading.load(read(VILLEFRANCHE))
    said = '[[prefecture]]\ndepartment = "69"\ncollection_place = "2 rue du Test"'
    assert services_loading.load(read(VILLEFRANCHE + said)) == Loaded(changed=["69"])
    assert service_for("69383").collection_place == "2 rue du Test"


def test_the_default_touches_nothing_that_is_there() -> None:
    services_loading.load(
        read(VILLEFRANCHE + '[[prefecture]]\ndepartment = "69"\ncollection_place = "2 rue du Test"')
    )
    Service.delete().where(Service.code == "01").execute()
    assert services_loading.missing() == ["01"]
    assert services_loading.add_missing() == Loaded(added=["01"])
    assert service_for("69383").collection_place == "2 rue du Test"
    assert service_for("69264").code == "69-2"


def test_references_of_a_departement_are_one_series() -> None:
    """A number is given once, whichever service of the département the address has."""
    services_loading.load(read(VILLEFRANCHE))
    lyon = factories.filed()
    town = {"answers": {**ANSWERS, "postcode": "69400", "commune": "69264"}}
    villefranche = factories.filed(**town)
    assert (lyon.service.code, villefranche.service.code) == ("69", "69-2")
    assert lyon.reference.startswith("69-2026-000001-")
    assert villefranche.reference.startswith("69-2026-000002-")
