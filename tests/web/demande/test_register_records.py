"""Records of the register that are not like most: through the account, six steps, filing, the desk and both papers."""

from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.procedures.loss import LOSS
from app.domain.procedures.moving import MOVING
from app.domain.procedures.student import STUDENT_RENEWAL
from app.settings import Settings
from app.storage.models import Account, Attestation, Dossier, Signup
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.generated import paths
from tests.pdf.reading import text_of
from tests.web.accounts import PASSWORD, TYPED, Visitor, facts, permit, register
from tests.web.agent_pages import QUEUE, act, address, enter, member
from tests.web.procedures import fill_in, words

pytestmark = pytest.mark.engines("sqlite")

# What the register says, and what has to be read of it in each language.
RECORDS: dict[str, tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]] = {
    "no-day": ({"born_on": "1980-05-00"}, ("mai 1980, Huế, Viêt Nam",), ("May 1980, Huế, Vietnam",)),
    "no-month": ({"born_on": "1980-05"}, ("mai 1980, Huế, Viêt Nam",), ("May 1980, Huế, Vietnam",)),
    "zeros": ({"born_on": "1980-00-00"}, ("1980, Huế, Viêt Nam",), ("1980, Huế, Vietnam",)),
    "year": ({"born_on": "1980", "birth_place": ""}, ("1980, Viêt Nam",), ("1980, Vietnam",)),
    "ussr": (
        {"birth_country": "SUN", "nationality": "XXA"},
        ("Huế, Union soviétique (URSS)", "apatride"),
        ("Huế, Soviet Union (USSR)", "stateless"),
    ),
    "yugoslavia": (
        {"birth_country": "YUG", "nationality": "SCG"},
        ("Huế, Yougoslavie", "serbo-monténégrine"),
        ("Huế, Yugoslavia", "of Serbia and Montenegro"),
    ),
    "czechoslovakia": (
        {"birth_country": "CSK", "nationality": "PSE"},
        ("Huế, Tchécoslovaquie", "palestinienne"),
        ("Huế, Czechoslovakia", "Palestinian"),
    ),
    "east-germany": (
        {"birth_country": "DDR", "nationality": "TWN"},
        ("Huế, République démocratique allemande", "taïwanaise"),
        ("Huế, German Democratic Republic", "Taiwanese"),
    ),
    "zaire": (
        {"birth_country": "ZAR", "nationality": "XXC"},
        ("Huế, Zaïre", "statut de réfugié (hors convention de 1951)"),
        ("Huế, Zaire", "refugee status (not under the 1951 Convention)"),
    ),
    "refugee": (
        {"birth_country": "XXX", "nationality": "XXB"},
        ("Huế", "statut de réfugié (convention de 1951)"),
        ("Huế", "refugee status (1951 Convention)"),
    ),
    "sahrawi": (
        {"birth_country": "ESH", "nationality": "ESH"},
        ("Huế, Sahara occidental", "sahraouie"),
        ("Huế, Western Sahara", "Sahrawi"),
    ),
    "kosovo": ({"birth_country": "XKX", "nationality": "XKX"}, ("Huế, Kosovo", "kosovare"), ("Huế, Kosovo", "Kosovar")),
    "unspecified": (
        {"nationality": None},
        ("nationalité non précisée",),
        ("nationality not specified",),
    ),
    "unknown-code": ({"nationality": "QZZ"}, ("code QZZ",), ("code QZZ",)),
    "no-given-names": ({"surname": "Ñuñez Ibáñez", "given_names": ""}, ("Ñuñez Ibáñez",), ("Ñuñez Ibáñez",)),
    "dash-for-given-names": ({"surname": "Suharto", "given_names": "-"}, ("Suharto",), ("Suharto",)),
    "no-surname": ({"surname": None, "given_names": "Thị Ánh"}, ("Thị Ánh",), ("Thị Ánh",)),
}  # fmt: skip


def open_account(settings: Settings, client: PageClient, lang: str, row: dict[str, Any]) -> Account:
    """An account made over its three screens by the holder of a permit."""
    factories.service()
    register(settings, row)
    screen = f"/{lang}/compte/creer"
    for answer in (TYPED, {"email": "nom@exemple.fr"}, None, {"password": PASSWORD}):
        client.get(screen)
        sent = client.post(screen, {"code": facts()["code"]} if answer is None else answer)
        assert sent.status_code == 303, words(sent.text)
        screen = sent.location
    client.get(screen)
    return Account.get()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", RECORDS)
def test_a_record_is_shown_filed_and_printed(
    kind: str, lang: str, app: Flask, settings: Settings, visitor: Visitor, clock: Clock
) -> None:
    changes, french, english = RECORDS[kind]
    client = visitor()
    person = open_account(settings, client, lang, permit(**changes))
    dossier = fill_in(STUDENT_RENEWAL, paths(STUDENT_RENEWAL)[0], lang, app, client, person)
    while jobs.run_once(app, clock()):
        pass
    certificate = Attestation.get(Attestation.dossier == dossier.id)
    desk = enter(visitor(), member(), clock)
    pages = {
        "space": client.get(f"/{lang}/suivi/"),
        "first step": client.get(f"/{lang}/demande/{LOSS.slug}/{LOSS.steps[0].slug}"),
        "certificate": client.get(f"/{lang}/attestations/{certificate.code}"),
        "queue": desk.get(QUEUE),
        "dossier": desk.get(address(dossier, lang=lang)),
    }
    for name, answer in pages.items():
        assert answer.status_code == 200, name
        for leftover in (" ,", ", ,", "None", "1980-"):
            assert leftover not in words(answer.text), (name, leftover)
    expected = french if lang == "fr" else english
    for name in ("first step", "dossier"):
        for said in expected:
            assert said in words(pages[name].text), (name, said)
    name = changes.get("surname", "Nguyễn"), changes.get("given_names", "Thị Ánh")
    whole = " ".join(part for part in name if part and part != "-")
    for page in ("space", "queue", "dossier"):
        assert f'<bdi translate="no">{whole}</bdi>' in words(pages[page].text), page
    check_papers(client, dossier, certificate, french, english, lang)
    checked = words(visitor().post(f"/{lang}/verifier", {"code": certificate.code}).text)
    reversed_name = " ".join(part for part in reversed(name) if part and part != "-")
    assert f'<bdi translate="no">{reversed_name}</bdi>' in checked
    assert "1980-" not in checked
    if "born_on" in changes:
        assert f'<bdi translate="no">{expected[0].partition(",")[0]}</bdi>' in checked


def check_papers(
    client: PageClient,
    dossier: Dossier,
    certificate: Attestation,
    french: tuple[str, ...],
    english: tuple[str, ...],
    lang: str,
) -> None:
    """The certificate says what is known in both languages; the printed application in French."""
    paper = text_of(client.client.get(f"/{lang}/attestations/{certificate.code}.pdf").data)
    printed = text_of(client.client.get(f"/{lang}/suivi/{dossier.reference}/demande.pdf").data)
    for text in (paper, printed):
        assert "1980-" not in text
        assert " ," not in text
        assert "None" not in text
    if "born_on" in dossier.identity and dossier.identity["born_on"] in ("1980", "1980-05"):
        month = dossier.identity["born_on"] == "1980-05"
        assert ("mai 1980 · May 1980" if month else "Date of birth 1980 Nationalité") in paper
        assert ("mai 1980" if month else "Date de naissance 1980 Numéro") in printed
    if dossier.identity["nationality"] != "VNM":
        assert french[-1] in paper
        assert english[-1] in paper


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("changes", "french", "english"),
    [
        ({"born_on": "0000-00-00"}, "la date de naissance", "the date of birth"),
        ({"born_on": "2030-01-01"}, "la date de naissance", "the date of birth"),
        ({"surname": "", "given_names": "--"}, "le nom", "the name"),
        ({"surname": ["Nguyễn"]}, "une information", "one piece of information"),
    ],
)
@pytest.mark.parametrize("screen", ["creer", "adresse-perdue"])
def test_a_record_that_cannot_be_read_is_told_at_the_door(
    screen: str,
    changes: dict[str, Any],
    french: str,
    english: str,
    lang: str,
    settings: Settings,
    visitor: Visitor,
) -> None:
    factories.service()
    register(settings, permit(**changes))
    client = visitor()
    page = f"/{lang}/compte/{screen}"
    client.get(page)
    answer = client.post(page, TYPED | {"email": "nom@exemple.fr", "postcode": "69003"})
    assert answer.status_code == 422
    text = words(answer.text)
    assert (f"ne pouvons pas lire {french}." if lang == "fr" else f"cannot read {english}.") in text
    assert 'value="99 20 00 01 37"' in text, "what was typed stays"
    assert not Signup.select().exists()


def test_a_permit_whose_dates_are_reversed_is_told_beside_them(settings: Settings, visitor: Visitor) -> None:
    register(settings, permit(valid_until="2025-01-31"))
    client = visitor()
    client.get("/fr/compte/creer")
    answer = client.post("/fr/compte/creer", TYPED | {"valid_until-year": "2025"})
    assert answer.status_code == 422
    beside = words(answer.text).split('id="valid_until-error"', 1)[1].split("</p>", 1)[0]
    assert "La date de fin doit être après la date de début." in beside
    assert not Signup.select().exists()


@pytest.mark.parametrize("held", ["CR", ""])
def test_a_permit_of_a_kind_handled_elsewhere_can_be_moved(
    held: str, app: Flask, settings: Settings, visitor: Visitor, clock: Clock
) -> None:
    """Its holder moves house as anybody; the certificate says « titre de séjour »."""
    client = visitor()
    person = open_account(settings, client, "fr", permit(permit_kind=held, mention=""))
    answers = paths(MOVING)[0] | {"new_card": "no"}
    dossier = fill_in(MOVING, answers, "fr", app, client, person)
    desk = enter(visitor(), member(), clock)
    act(desk, dossier, "take")
    assert act(desk, dossier, "approve", kind=[]).status_code == 303
    certificate = Attestation.get(Attestation.dossier == dossier.id)
    assert "titre de séjour, jusqu’au 31 janvier 2027" in words(
        client.get(f"/fr/attestations/{certificate.code}").text
    )
