"""The front: two ways in, procedures by purpose, their presentation, one's own list, every amount."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import on_offer
from app.domain.rules.fees import FEES, STAMP_DUTY, Rate
from app.intake.formats import Format
from app.web.localisation import formats
from tests.clients import PageClient
from tests.on_offer import MOVING, STUDENT_RENEWAL

pytestmark = pytest.mark.engines("sqlite")
Visitor = Callable[[], PageClient]
# Every format that is accepted, as people write it.
FORMATS = [{"JPEG": "JPG", "HEIF": "HEIC"}.get(accepted, str(accepted)) for accepted in Format]
LIST = "titre/etudiant/ma-liste"
SINGLE = (
    "permit_nationality=other&family=single&children=no&housing=tenant&mobility=no&apprentice=no"
    "&exemption=none&sources=savings"
)
MARRIED = (
    "permit_nationality=other&family=married&children=yes&housing=hosted&mobility=yes&apprentice=yes"
    "&exemption=none&sources=salary&sources=family"
)
EXEMPT = (
    "permit_nationality=exempt&family=single&children=no&housing=tenant&mobility=no&apprentice=internship"
    "&exemption=french_bac"
)


def shown(text: str) -> str:
    main = text.partition("<main")[2].partition("</main>")[0] or text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ").split())


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def browser(visitor: Visitor) -> PageClient:
    return visitor()


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("fr", "Je demande ou renouvelle un titre de séjour", "Je déclare un changement de situation"),
        ("en", "I apply for or renew a residence permit", "I report a change of situation"),
    ],
)
def test_home_has_two_ways_in_and_the_rest(browser: PageClient, lang: str, first: str, second: str) -> None:
    answer = browser.get(f"/{lang}/")
    assert first in shown(answer.text)
    assert second in shown(answer.text)
    header = answer.text.partition("<main")[0]
    for path in ("compte/connexion", "aide/contact", "aide"):
        assert f'href="/{lang}/{path}"' in header
    for path in ("demarches/titre", "demarches/changement", "orientation"):
        assert f'href="/{lang}/{path}"' in answer.text
    other = "en" if lang == "fr" else "fr"
    assert f'hreflang="{other}"' in header


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_procedure_is_behind_one_way(browser: PageClient, lang: str) -> None:
    pages = [browser.get(f"/{lang}/demarches/{way}") for way in ("titre", "changement")]
    assert [one.status_code for one in pages] == [200, 200]
    links = re.findall(rf'href="/{lang}/titre/([\w-]+)"', "".join(one.text for one in pages))
    assert sorted(links) == sorted(one.slug for one in on_offer())
    assert browser.get(f"/{lang}/demarches/rien").status_code == 404


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("slug", [one.slug for one in on_offer()])
def test_a_presentation_says_all(browser: PageClient, slug: str, lang: str) -> None:
    answer = browser.get(f"/{lang}/titre/{slug}")
    journey = next(one for one in on_offer() if one.slug == slug)
    assert answer.text.count("<li><b>") >= len(journey.steps)
    assert f'href="/{lang}/aide/tarifs"' in answer.text
    for path in (f"titre/{slug}/ma-liste", f"titre/{slug}/documents"):
        assert (f'href="/{lang}/{path}"' in answer.text) is bool(journey.documents)
    for name in ("JPG, PNG, BMP, TIFF", *FORMATS, "10") if journey.documents else ():
        assert name.casefold() in shown(answer.text).casefold()
    none = "There is no document to attach" if lang == "en" else "Aucun document à joindre"
    assert (none in shown(answer.text)) is not bool(journey.documents)
    with_visa = journey.purpose in (Purpose.FIRST, Purpose.VALIDATION)
    assert (f'href="/{lang}/compte/creer/visa"' in answer.text) is with_visa, "the door that fits"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("100 € depuis le 1er mai 2026", "6 étapes", "Décrivez votre projet.", "Entre 4 mois et 2 mois",
                "180 € de plus", "Je commence")),
        ("en", ("€100 since 1 May 2026", "6 steps", "Between 4 months and 2 months", "€180 more")),
    ],
)  # fmt: skip
def test_the_students_presentation(browser: PageClient, lang: str, words: tuple[str, ...]) -> None:
    text = shown(browser.get(f"/{lang}/titre/etudiant").text)
    assert [one for one in words if one not in text] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        (SINGLE, ("Attestation bancaire", "Justificatif de domicile"), ("Acte de mariage", "Contrat d’alternance")),
        (MARRIED, ("Acte de mariage", "Pièce d’identité de votre époux", "Actes de naissance de vos enfants",
                   "Attestation d’hébergement", "Contrat d’alternance", "Preuve de l’aide", "programme de mobilité"),
         ("Attestation bancaire", "Attestation de l’hôtel", "Preuve de la dispense")),
        (EXEMPT, ("Preuve de la dispense", "Convention de stage"),
         ("Attestation bancaire", "Preuve de l’aide", "Acte de mariage", "Actes de naissance de vos enfants")),
    ],
)  # fmt: skip
def test_my_list_holds_what_concerns_me(
    browser: PageClient, query: str, there: tuple[str, ...], absent: tuple[str, ...], lang: str
) -> None:
    answer = browser.get(f"/{lang}/{LIST}?{query}")
    text = shown(answer.text)
    paper = pdf_text(browser.client.get(f"/{lang}/{LIST}.pdf?{query}").data)
    for found in (text, paper):
        assert [one for one in ("e-photo", *there) if one not in found] == []
        assert [one for one in absent if one in found] == []
        assert ("Si vous ne l’avez pas" if lang == "fr" else "If you do not have it") in found
        assert ("Passport" in found) is (lang == "en"), "the paper's name, then its translation"
    assert unescape(answer.text).count(f"{LIST}.pdf?{query.partition('&')[0]}") == 1


@pytest.mark.parametrize(
    "query", ["family=x", "family=single", f"{SINGLE}&sources=x", "family=%00&housing=&sources="]
)
def test_half_an_answer_gives_no_list(browser: PageClient, query: str) -> None:
    answer = browser.get(f"/fr/{LIST}?{query}")
    assert answer.status_code == 422
    assert 'id="erreurs"' in answer.text
    assert browser.get(f"/fr/{LIST}.pdf?{query}").status_code == 404
    assert browser.get(f"/fr/{LIST}.pdf").status_code == 404, "no answer at all"


def test_my_list_begins_with_its_questions(browser: PageClient) -> None:
    text = browser.get(f"/fr/{LIST}").text
    assert "ma-liste.pdf" not in text
    assert re.findall(r'<fieldset class="field wide" id="([a-z_]+)"', text) == [
        "permit_nationality",
        "family",
        "children",
        "housing",
        "mobility",
        "apprentice",
        "exemption",
        "sources",
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_fees_are_those_of_the_table(browser: PageClient, lang: str) -> None:
    text = shown(browser.get(f"/{lang}/aide/tarifs").text)
    shown_rates = [series for (_operation, rate), series in FEES.items() if rate is not Rate.STAMP_ONLY]
    for series in (*shown_rates, STAMP_DUTY):
        for _day, cents in series.since:
            assert formats.euros(cents, lang).replace("\u00a0", " ") in text
    for part in ("timbres.impots.gouv.fr", "16", "12", "18", "2026", "180"):
        assert part in text
    words = "en papier ne peut pas servir" if lang == "fr" else "paper stamp"
    assert words in text


@pytest.mark.parametrize(("lang", "plain"), [("falc", True), ("fr", False)])
@pytest.mark.parametrize("page", ["titre/etudiant", "titre/etudiant/documents", LIST])
def test_plain_french_says_each_document_by_its_name_and_in_plain_words(
    browser: PageClient, page: str, lang: str, plain: bool
) -> None:
    text = shown(browser.get(f"/{lang}/{page}?{SINGLE if page == LIST else ''}").text)
    assert "Titre de séjour actuel, recto et verso" in text
    assert ("Titre de séjour actuel, des 2 côtés" in text) is plain


@pytest.mark.parametrize(
    ("lang", "none"), [("fr", "Aucun document à joindre"), ("en", "no document to attach")]
)
def test_a_procedure_without_documents_says_so_and_asks_for_no_photo(
    browser: PageClient, lang: str, none: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert none in shown(browser.get(f"/{lang}/titre/validation-visa/ma-liste").text)
    sheet = pdf_text(browser.client.get(f"/{lang}/titre/validation-visa/documents.pdf").data)
    assert "photo" not in sheet
    assert "<table> is empty" not in caplog.text, "a reader announced a list of nothing"


@pytest.mark.parametrize("journey", [STUDENT_RENEWAL, MOVING], ids=str)
def test_another_permit_is_sent_elsewhere_where_the_procedure_is_not_for_it(
    visitor: Visitor, journey: Journey
) -> None:
    page = visitor().get(f"/fr/titre/{journey.slug}").text
    assert ("Pour un autre titre, connectez-vous" in page) is bool(journey.mentions)
