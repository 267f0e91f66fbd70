"""Price, documents and e-photo told for one's own permit first, and for both sides where it is not known."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.storage.models import Account
from tests import factories
from tests.clients import PageClient
from tests.web.accounts import Visitor
from tests.web.accounts import words as plain

pytestmark = pytest.mark.engines("sqlite")
TODAY = date(2026, 11, 23)
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])


def words(answer: Any) -> str:
    """A page as it is read, its spaces plain."""
    return plain(answer).replace("&nbsp;", " ").replace("\u00a0", " ").replace("\u202f", " ")


def sheet(client: PageClient, path: str) -> str:
    """The text of a list on paper."""
    answer = client.client.get(path)
    assert answer.mimetype == "application/pdf", path
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u00a0", " ").split())


def ending(days: int, **held: Any) -> Account:
    """Somebody whose permit expires in so many days."""
    return factories.account(factories.identity(TODAY + timedelta(days=days), **held))


DUPLICATE = {
    "fr": "Un duplicata est fabriqué. Il se paie au retrait de la carte, et il faut une e-photo.",
    "en": "A replacement card is made.",
}
NO_DUPLICATE = {
    "fr": "Il n’y a pas de duplicata. La déclaration est gratuite",
    "en": "There is no replacement card.",
}
LATER = {"fr": "titre expire dans 90 jours ou plus", "en": "permit expires in 90 days or more"}
SOON = {"fr": "titre expire dans moins de 90 jours", "en": "permit expires in less than 90 days"}
PHOTO = {"fr": "e-photo est demandée", "en": "an e-photo is asked for"}
NO_PHOTO = {"fr": "aucune e-photo n’est demandée", "en": "no e-photo is asked for"}
THEN = {
    "fr": "Ensuite : Renouvellement, étudiant. Prix : {}, au retrait de la carte.",
    "en": "Then: Renewal, student. Price: {}, when you collect the card.",
}


def euros(amount: int, lang: str) -> str:
    """An amount as the page writes it."""
    return f"{amount} €" if lang == "fr" else f"€{amount}"


@LANGS
def test_a_loss_is_presented_with_both_its_sides(visitor: Visitor, lang: str) -> None:
    text = words(visitor().get(f"/{lang}/titre/perte-vol"))
    for side, told in ((LATER, DUPLICATE), (SOON, NO_DUPLICATE)):
        condition = f"{'Si votre' if lang == 'fr' else 'If your'} {side[lang]}"
        assert f"{condition} {told[lang]}" in text
    for amount in (350, 150):
        assert euros(amount, lang) in text
    free = "C’est gratuit." if lang == "fr" else "It is free."
    assert text.count(free) == 1
    after = text.partition(free)[2]
    assert SOON[lang] in after[:80], "free under a condition"
    assert ("Pour un duplicata seulement" if lang == "fr" else "For a replacement card only") in text
    assert ("Quand vous voulez" if lang == "fr" else "Whenever you like") not in text
    assert ("Dès que vous le constatez" if lang == "fr" else "As soon as you notice it") in text


@LANGS
@pytest.mark.parametrize(
    ("days", "mention", "price", "then"),
    [
        (91, "etudiant", 150, 0),
        (90, "etudiant", 150, 0),
        (91, "visiteur", 350, 0),
        (89, "etudiant", 0, 100),
        (61, "etudiant", 0, 100),
        (59, "etudiant", 0, 280),
        (0, "etudiant", 0, 280),
    ],
)
def test_a_loss_is_presented_to_its_holder_for_their_permit(
    visitor: Visitor, days: int, mention: str, price: int, then: int, lang: str
) -> None:
    client = visitor().sign_in(ending(days, mention=mention))
    text = words(client.get(f"/{lang}/titre/perte-vol"))
    own, other = (DUPLICATE, NO_DUPLICATE) if price else (NO_DUPLICATE, DUPLICATE)
    assert text.index(own[lang]) < text.index(other[lang]), "one's own side first"
    asked, other_photo = (PHOTO, NO_PHOTO) if price else (NO_PHOTO, PHOTO)
    assert asked[lang] in text
    assert other_photo[lang] not in text
    costs = text.partition("Ce que vous payez" if lang == "fr" else "What you pay")[2]
    mine = costs.partition("Pour un autre titre" if lang == "fr" else "For another permit")[0]
    assert (euros(price, lang) if price else ("C’est gratuit." if lang == "fr" else "It is free.")) in mine
    for amount in {350, 150} - {price}:
        assert euros(amount, lang) not in mine
    if then:
        assert THEN[lang].format(euros(then, lang)) in text
    else:
        assert THEN[lang].split(":")[0] not in mine


@LANGS
@pytest.mark.parametrize(("side", "photo"), [("later", True), ("soon", False)])
def test_the_list_of_a_loss_follows_the_end_of_the_permit(
    visitor: Visitor, side: str, photo: bool, lang: str
) -> None:
    client = visitor()
    question = (
        "Quand expire votre titre de séjour ?" if lang == "fr" else "When does your residence permit expire?"
    )
    assert question in words(client.get(f"/{lang}/titre/perte-vol/ma-liste"))
    query = f"permit_ends={side}&event=theft&housing=tenant"
    page = words(client.get(f"/{lang}/titre/perte-vol/ma-liste?{query}"))
    paper = sheet(client, f"/{lang}/titre/perte-vol/ma-liste.pdf?{query}")
    elsewhere = "à votre préfecture, pas ici" if lang == "fr" else "at your prefecture, not here"
    assert elsewhere not in page, "nothing is known of the ground of the permit"
    for text in (page, paper):
        assert ("e-photo Le code de 22" in text or "e-photo The 22-character" in text) is photo
        assert ((DUPLICATE if photo else NO_DUPLICATE)[lang]) in text
        for amount in (350, 150):
            assert (euros(amount, lang) in text) is photo
        assert "Récépissé de la plainte" in text


@LANGS
@pytest.mark.parametrize(("days", "photo"), [(91, True), (90, True), (89, False)])
def test_the_list_of_a_loss_asks_a_holder_nothing_that_the_register_knows(
    visitor: Visitor, days: int, photo: bool, lang: str
) -> None:
    client = visitor().sign_in(ending(days))
    assert 'name="permit_ends"' not in client.get(f"/{lang}/titre/perte-vol/ma-liste").text
    query = "event=loss&housing=tenant"
    page = words(client.get(f"/{lang}/titre/perte-vol/ma-liste?{query}"))
    paper = sheet(client, f"/{lang}/titre/perte-vol/ma-liste.pdf?{query}")
    for text in (page, paper):
        assert ("e-photo Le code de 22" in text or "e-photo The 22-character" in text) is photo
        assert (euros(150, lang) in text) is photo
        assert euros(350, lang) not in text
    if not photo:
        assert THEN[lang].format(euros(100, lang)) in page


@LANGS
def test_the_whole_list_tells_the_condition_of_each_document(visitor: Visitor, lang: str) -> None:
    loss = sheet(visitor(), f"/{lang}/titre/perte-vol/documents.pdf")
    assert ("Pour un duplicata seulement" if lang == "fr" else "For a replacement card only") in loss
    assert ("Si le titre est volé." if lang == "fr" else "If the permit was stolen.") in loss
    student = sheet(visitor(), f"/{lang}/titre/etudiant/documents.pdf")
    for condition in ("Si vous avez des enfants.", "Si vous habitez à l’hôtel.") if lang == "fr" else (
        "If you have children.", "If you live in a hotel.",
    ):  # fmt: skip
        assert condition in student


@LANGS
def test_documents_are_presented_with_their_conditions(visitor: Visitor, lang: str) -> None:
    text = words(visitor().get(f"/{lang}/titre/etudiant"))
    everybody, _, some = text.partition(
        "Selon votre situation" if lang == "fr" else "Depending on your situation"
    )
    assert "Passeport" in everybody
    for french, english, document in (
        (
            "Si vous vivez en mariage ou en PACS",
            "If you are married or in a civil partnership",
            "Acte de mariage",
        ),
        ("Si vous habitez à l’hôtel", "If you live in a hotel", "Attestation de l’hôtel"),
        ("Sauf nationalité algérienne", "Unless you are a national of Algeria", "Contrat d’engagement"),
    ):
        assert document not in everybody
        assert document in some.partition(french if lang == "fr" else english)[2][:140]


@LANGS
@pytest.mark.parametrize(("nationality", "asked"), [("VNM", True), ("DZA", False), ("XXB", True)])
def test_the_commitment_is_told_by_nationality(
    visitor: Visitor, nationality: str, asked: bool, lang: str
) -> None:
    client = visitor().sign_in(ending(79, nationality=nationality))
    text = words(client.get(f"/{lang}/titre/etudiant"))
    everybody = text.partition("Selon votre situation" if lang == "fr" else "Depending on your situation")[0]
    assert ("Contrat d’engagement" in everybody) is asked
    assert ("Contrat d’engagement" in text) is asked


@LANGS
def test_a_new_address_has_its_conditions(visitor: Visitor, lang: str) -> None:
    text = words(visitor().get(f"/{lang}/titre/domicile"))
    told = (
        ("Seulement si vous demandez une nouvelle carte.", "Sans nouvelle carte.", "Si votre titre dure moins d’un an")
        if lang == "fr"
        else ("Only if you ask for a new card.", "Without a new card.", "If your permit lasts less than a year")
    )  # fmt: skip
    assert [sentence for sentence in told if sentence not in text] == []
    assert euros(50, lang) in text


@LANGS
def test_the_tax_of_a_visa_says_for_whom(visitor: Visitor, lang: str) -> None:
    text = words(visitor().get(f"/{lang}/titre/validation-visa"))
    for amount, whom in (
        (300, ("visa d’un autre motif", "visa of another ground")),
        (100, ("visa « étudiant »", "“student” visa")),
    ):
        after = text.partition(euros(amount, lang))[2]
        assert whom[lang == "en"] in after[:140]


@LANGS
def test_fees_and_help_tell_both_sides(visitor: Visitor, lang: str) -> None:
    client = visitor()
    fees = words(client.get(f"/{lang}/aide/tarifs"))
    row = (
        "qui expire dans moins de 90 jours Gratuit"
        if lang == "fr"
        else "that expires in less than 90 days Free"
    )
    assert row in fees
    answer = words(client.get(f"/{lang}/aide/questions/perte-vol"))
    for amount in (350, 150):
        assert euros(amount, lang) in answer
    assert "e-photo" in answer
    assert ("dans moins de 90 jours" if lang == "fr" else "less than 90 days") in answer
