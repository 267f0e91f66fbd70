"""Every question that the prefecture's public FAQ answers has its answer here, with the same facts."""

import re

import pytest

from app.domain import help as answers
from app.domain.help.entry import (
    FAMILY,
    FIRST,
    KNOWN_OFFERS,
    LOSS,
    MOVING,
    OFFERED,
    STUDENT,
    TALENT,
    THEMES,
    VISA_ACCOUNT,
    VISITOR,
    Paragraph,
)
from app.domain.journeys.journey import Purpose
from app.domain.procedures import on_offer
from app.domain.public_forms.account import IDENTIFY_VISA

# The headings of the public FAQ, in its order, and the question that answers each.
HEADINGS = {
    "Comment demander mon titre de séjour (1ère demande ou renouvellement) ?": "demander-un-titre",
    "Comment créer un compte personnel si je dispose d'un titre de séjour ou d'un récépissé ?": "creer-compte-titre",
    "Comment créer un compte personnel sur le site Etranger en France si je dispose d'un visa ?": "creer-compte-visa",
    "Ai-je un compte personnel pour déposer ma demande de titre ou document de séjour ?": "ai-je-un-compte",
    "Je possède une attestation de validation du visa long séjour": "confirmation-visa",
    "Quand déposer ma demande en ligne de titre de séjour ?": "quand-deposer",
    "Je détiens un VLS, j'ai déposé une première demande mais je n'ai rien reçu": "premiere-demande-rien-recu",
    "J'ai mon identifiant mais j'ai oublié mon mot de passe": "mot-de-passe-oublie",
    "Comment se déroule le dépôt demande ?": "deroulement",
    "Où trouver la liste des pièces justificatives ?": "liste-des-pieces",
    "Comment obtenir une e-photo ?": "obtenir-e-photo",
    "Comment utiliser la e-photo lors de la téléprocédure ?": "utiliser-e-photo",
    "Mon code e-photo n'est pas reconnu ou ne fonctionne pas. Que faire ?": "code-e-photo-refuse",
    "Comment savoir où en est le traitement de ma demande ?": "ou-en-est-ma-demande",
    "J'ai reçu une demande de complément à ma demande de titre de séjour": "complement",
    "Je souhaite me faire rembourser mon timbre fiscal, comment faire ?": "rembourser-timbre",
    "J'ai reçu une attestation de prolongation d'instruction (ADP)": "adp",
    "J'ai reçu une attestation de décision favorable (ADF)": "adf",
    "J'ai reçu la confirmation que mon titre de séjour est disponible. Comment payer ?": "payer-la-carte",
    "Je rencontre un problème technique, que faire ?": "probleme-technique",
    "J'ai déménagé et je souhaite obtenir un nouveau titre de séjour": "demenagement",
    "A la suite d'un vol ou d'une perte, je souhaite demander un duplicata": "perte-vol",
    "J'ai une question sur la réglementation relative au séjour": "reglementation",
}

# What each answer may not lose: the facts of the public FAQ, in our words.
FACTS = {
    "creer-compte-titre": ("numéro étranger", "dernier jour de validité", "adresse e-mail", "mot de passe"),
    "creer-compte-visa": ("numéro du visa", "premier et le dernier jour", "adresse e-mail", "« Référence »"),
    "ai-je-un-compte": ("VLS-TS", "« Référence »", "numéro étranger"),
    "confirmation-visa": ("« Référence »", "votre identifiant"),
    "premiere-demande-rien-recu": ("commence à traiter", "numéro étranger", "mot de passe provisoire"),
    "mot-de-passe-oublie": ("« Mot de passe oublié »", "lien", "création du compte"),
    "quand-deposer": ("4 mois", "2 mois"),
    "deroulement": ("5 ou 6 étapes", "e-photo", "confirmation par e-mail", "prolongation d’instruction"),
    "liste-des-pieces": ("présentation", "JPG, PNG, BMP, TIFF ou PDF", "e-photo"),
    "obtenir-e-photo": ("cabine photo agréée", "« Service en ligne »"),
    "utiliser-e-photo": ("planche", "« Justificatifs »"),
    "code-e-photo-refuse": ("une seule démarche", "24 à 48 heures", "la carte des cabines", "retournez chez lui"),
    "ou-en-est-ma-demande": (
        "« Dépôt de la demande »",
        "« Instruction en cours »",
        "« Décision prise »",
        "« Titre de séjour disponible »",
        "SMS",
    ),
    "complement": ("e-mail", "garder", "remplacer", "écrite à la main"),
    "rembourser-timbre": ("droit de timbre", "timbres.impots.gouv.fr", "remise de la carte"),
    "adp": (
        "ne permet pas de voyager ni d’entrer dans l’espace Schengen",
        "nouveaux droits, sauf exception",
        "seulement avec le titre précédent (carte ou visa), même expiré",
        "permet de voyager et d’entrer dans l’espace Schengen",
        "le travail continue",
    ),
    "adf": ("décision est favorable", "visa de long séjour précédent, même expiré", "Schengen", "travailler"),
    "payer-la-carte": ("vous est remise", "bureau de tabac", "centre des impôts", "espèces", "16 chiffres", "papier"),
    "probleme-technique": ("%(phone)s", "capture d’écran", "e-MERAUDE"),
    "e-meraude": ("réservé aux étrangers présents en France",),
    "demenagement": ("Quel que soit", "« Changement d’adresse »", "moins d’un an", "payante", "attestation"),
    "perte-vol": ("Perte, vol ou détérioration", "%(duplicate_days)s jours", "automatiquement"),
    "examen-civique": ("Non, pas pour les titres demandés ici", "Pour un renouvellement non plus"),
    "reglementation": ("préfecture", "www.service-public.fr", "3939"),
}  # fmt: skip


def flat(paragraphs: tuple[Paragraph, ...]) -> str:
    words = " ".join(text for part in paragraphs for text in (part.text, *map(str, part.items)))
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize("heading", HEADINGS)
def test_each_question_of_the_public_faq_is_answered(heading: str) -> None:
    entry = answers.entry(HEADINGS[heading])
    assert entry is not None
    assert entry.paragraphs()


@pytest.mark.parametrize("key", FACTS)
def test_an_answer_keeps_its_facts(key: str) -> None:
    entry = answers.entry(key)
    assert entry is not None
    text = flat(entry.paragraphs())
    assert [fact for fact in FACTS[key] if fact not in text] == []


def test_every_heading_but_the_first_has_its_facts_checked() -> None:
    assert set(HEADINGS.values()) - set(FACTS) == {"demander-un-titre"}, "that one follows what is offered"


def test_questions_are_told_apart_and_lead_somewhere() -> None:
    keys = [one.key for one in answers.ENTRIES]
    assert len(keys) == len(set(keys))
    for one in answers.ENTRIES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.key), one.key
        assert one.theme in THEMES
        assert one.sources, one.key
        assert one.words, one.key
        assert one.key not in one.related
        assert set(one.related) <= set(keys), one.key
        assert all(bool(link.url) != bool(link.endpoint) for link in one.links), one.key
        assert all(address.startswith("https://") for address in _outside(one)), one.key


def _outside(entry: answers.Entry) -> list[str]:
    found = [link.url for link in entry.links] + [source.url for source in entry.sources]
    return [address for address in found if address]


def test_themes_hold_every_question_once() -> None:
    listed = [one for _theme, entries in answers.by_theme() for one in entries]
    assert sorted(one.key for one in listed) == sorted(one.key for one in answers.ENTRIES)
    assert all(entries for _theme, entries in answers.by_theme())


class TestOffers:
    """Answers follow what the service does: nothing is promised, nothing is denied."""

    def test_every_procedure_is_known_to_the_answers(self) -> None:
        assert OFFERED <= KNOWN_OFFERS, "a new procedure: say so in filing.py or changes.py"

    def test_accounts_open_as_the_answer_says(self) -> None:
        assert [one.key for one in IDENTIFY_VISA.questions] == ["visa", "valid_from", "valid_until"]
        assert VISA_ACCOUNT in OFFERED

    def test_a_first_permit_is_offered_once_a_procedure_is(self) -> None:
        assert (FIRST in OFFERED) == any(one.purpose is Purpose.FIRST for one in on_offer())

    def test_no_list_is_ever_empty(self) -> None:
        for entry in answers.ENTRIES:
            for paragraph in entry.paragraphs():
                assert paragraph.text.endswith(":") == bool(paragraph.items), entry.key

    @pytest.mark.parametrize(
        ("key", "offer", "words"),
        [
            ("demander-un-titre", TALENT, "« passeport talent » jusqu’en juin 2025"),
            ("demander-un-titre", FAMILY, "« talent (famille) », qui s’appelait"),
            ("demander-un-titre", VISITOR, "un titre « visiteur »."),
            ("demander-un-titre", FIRST, "avec un visa « titre à solliciter », un VLS-TS"),
            ("creer-compte-visa", VISA_ACCOUNT, "Écrivez le numéro du visa"),
            ("demenagement", MOVING, "déclarez votre adresse sur ce site"),
            ("perte-vol", LOSS, "Sur ce site : « Je déclare"),
        ],
    )
    def test_a_sentence_comes_with_what_it_speaks_of(self, key: str, offer: str, words: str) -> None:
        entry = answers.entry(key)
        assert entry is not None
        without, with_it = frozenset({STUDENT}), frozenset({STUDENT, offer})
        assert words in flat(entry.paragraphs(with_it))
        assert words not in flat(entry.paragraphs(without))

    @pytest.mark.parametrize(
        ("key", "offer"), [("creer-compte-visa", VISA_ACCOUNT), ("demenagement", MOVING), ("perte-vol", LOSS)]
    )
    def test_not_yet_possible_goes_when_it_is(self, key: str, offer: str) -> None:
        entry = answers.entry(key)
        assert entry is not None
        assert "pas encore possible" in flat(entry.paragraphs(frozenset({STUDENT})))
        assert "pas encore possible" not in flat(entry.paragraphs(frozenset({STUDENT, offer})))
