"""« Quel service ? » answers from a postcode, and a summary says who will receive the application."""

from collections.abc import Callable

import pytest

from app.reference.offices import read, standard
from app.services.operations import services_loading
from app.storage.models import Dossier
from tests import factories
from tests.answers import ANSWERS
from tests.clients import PageClient

SUBPREFECTURES = """
[[subprefecture]]
arrondissement = "692"
name = "Sous-préfecture de Villefranche-sur-Saône"
city = "Villefranche-sur-Saône"
collection_place = "1 rue du Test"
help_place = "2 rue du Test"
"""
SUMMARY = "/fr/demande/etudiant/recapitulatif"

Visitor = Callable[[], PageClient]


@pytest.fixture(autouse=True)
def services(app: object) -> None:
    """All prefectures, and one sub-prefecture."""
    services_loading.load(read(SUBPREFECTURES))


@pytest.mark.parametrize(
    ("query", "service"),
    [
        ("postcode=69003", "Préfecture du Rhône"),
        ("postcode=69+400&commune=", "Sous-préfecture de Villefranche-sur-Saône"),
        ("postcode=75016", "Préfecture de police"),
        ("postcode=20000", "Préfecture de la Corse-du-Sud"),
        ("postcode=97133", "Préfecture de Saint-Barthélemy et de Saint-Martin"),
        ("postcode=01400&commune=69383", "Préfecture de l’Ain"),
        ("postcode=13780&commune=13030", "Préfecture des Bouches-du-Rhône"),
        ("postcode=13780&commune=83105", "Préfecture du Var"),
    ],
)
@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Ce que traite ce service"), ("en", "What this service handles")]
)
def test_the_service_of_a_place(visitor: Visitor, query: str, service: str, lang: str, words: str) -> None:
    answer = visitor().get(f"/{lang}/aide/service?{query}")
    assert answer.status_code == 200
    assert f'lang="fr" dir="ltr">{service}</h2>' in answer.text
    assert words in answer.text
    assert "aria-invalid" not in answer.text


@pytest.mark.parametrize("postcode", ["98800", "98714", "98600"])
def test_no_procedure_is_offered_where_its_permits_do_not_exist(visitor: Visitor, postcode: str) -> None:
    """The Pacific collectivities have rules of stay of their own: CESEDA L.111-3."""
    text = visitor().get(f"/fr/aide/service?postcode={postcode}").text
    assert "ne sont pas délivrés ici" in text
    assert ".gouv.fr" in text, "who to go to"
    for words in (
        "Ce que traite ce service",
        "Renouvellement",
        "Combien de temps cela prend ici",
        "e-MERAUDE",
    ):
        assert words not in text


def test_mayotte_says_where_its_permits_are_valid(visitor: Visitor) -> None:
    assert "/fr/aide/questions/mayotte" in visitor().get("/fr/aide/service?postcode=97600").text
    assert "/fr/aide/questions/mayotte" not in visitor().get("/fr/aide/service?postcode=97400").text


def test_its_places_and_its_site(visitor: Visitor) -> None:
    text = visitor().get("/fr/aide/service?postcode=69400").text
    assert "1 rue du Test" in text
    assert "2 rue du Test" in text
    assert 'href="https://www.rhone.gouv.fr"' in text
    assert "Demandez à ce service où est son point" in visitor().get("/fr/aide/service?postcode=69003").text


@pytest.mark.parametrize(
    ("query", "french", "english"),
    [
        ("postcode=", "Écrivez votre code postal", "Write your postcode"),
        ("postcode=6900", "Un code postal a 5 chiffres", "A postcode has 5 digits"),
        ("postcode=69999", "code CEDEX", "CEDEX code"),
        ("postcode=%D9%A9%D9%A9%D9%A9%D9%A9%D9%A9", "Nous ne connaissons pas", "We do not know"),
        ("postcode=%00%27--&commune=%FF", "Un code postal a 5 chiffres", "A postcode has 5 digits"),
        ("postcode=13780&commune=", "Choisissez votre commune", "Choose your town"),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_refused_beside_the_field(visitor: Visitor, query: str, french: str, english: str, lang: str) -> None:
    answer = visitor().get(f"/{lang}/aide/service?{query}")
    key = "commune" if "13780" in query else "postcode"
    assert answer.status_code == 422
    said = answer.text.partition(f'<p class="error" id="{key}-error">')[2].partition("</p>")[0]
    assert (french if lang == "fr" else english) in said
    assert f'<a href="#{key}">' in answer.text
    assert 'id="found"' not in answer.text


@pytest.mark.parametrize("query", ["postcode=13780", "postcode=13780&commune=69383"])
def test_a_postcode_of_two_services_asks_for_the_commune(visitor: Visitor, query: str) -> None:
    """Asked, not reproached: nobody could know."""
    answer = visitor().get(f"/fr/aide/service?{query}")
    assert answer.status_code == 200
    assert '<option value="83105">Riboux</option>' in answer.text
    assert "aria-invalid" not in answer.text
    assert 'value="13780"' in answer.text


def test_the_bare_page_asks_one_thing(visitor: Visitor) -> None:
    text = visitor().get("/fr/aide/service").text
    assert 'name="postcode"' in text
    assert 'name="commune"' not in text
    assert "postcode=69003" in visitor().get("/fr/aide/service?postcode=69003").text, (
        "the other language keeps it"
    )


@pytest.mark.parametrize("path", ["/fr/aide/contact", "/fr/titre/etudiant", "/fr/"])
def test_it_is_found(visitor: Visitor, path: str) -> None:
    assert 'href="/fr/aide/service"' in visitor().get(path).text


def ready(**answers: str) -> Dossier:
    """A draft that can be filed."""
    return factories.complete(factories.draft(answers={**ANSWERS, **answers}))


@pytest.mark.parametrize(
    ("answers", "service"),
    [
        ({}, "Préfecture du Rhône"),
        ({"postcode": "69400", "commune": "69264"}, "Sous-préfecture de Villefranche-sur-Saône"),
        ({"postcode": "75013", "commune": "75113"}, "Préfecture de police"),
    ],
)
def test_the_summary_tells_who_receives_and_it_does(
    visitor: Visitor, answers: dict[str, str], service: str
) -> None:
    draft = ready(**answers)
    inside = visitor().sign_in(draft.account)
    told = inside.get(SUMMARY).text.partition('id="service"')[2].partition("</section>")[0]
    assert service in told
    assert 'href="/fr/demande/etudiant/informations-personnelles?relire=1#commune"' in told
    assert inside.post("/fr/demande/etudiant/deposer", {"sworn": "yes"}).status_code == 303
    assert Dossier.get_by_id(draft.id).service.name == service


def test_a_commune_that_is_no_more_is_asked_again(visitor: Visitor) -> None:
    draft = ready(commune="69000")
    inside = visitor().sign_in(draft.account)
    shown = inside.get(SUMMARY)
    assert shown.status_code == 200
    assert "Choisir ma commune" in shown.text
    assert 'name="sworn"' not in shown.text
    sent = inside.post("/fr/demande/etudiant/deposer", {"sworn": "yes"})
    assert sent.status_code == 409
    assert "Choisir ma commune" in sent.text
    assert Dossier.get_by_id(draft.id).reference is None


def test_a_gap_of_the_operator_is_no_fault_of_the_person(visitor: Visitor) -> None:
    draft = ready()
    inside = visitor().sign_in(draft.account)
    services_loading.load(one for one in standard() if one.code != "69")
    assert inside.get(SUMMARY).status_code == 503
    assert inside.get("/fr/aide/service?postcode=69003").status_code == 503
    assert inside.get("/fr/aide/service?postcode=75013").status_code == 200
