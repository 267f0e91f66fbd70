"""Each sentence of the prefecture's public FAQ is true of a page of ours, or stands in docs/faq.md with the reason."""

import re
from html import unescape
from typing import Any

import pytest

from app.settings import ROOT
from tests import factories
from tests.web.accounts import credentials

pytestmark = pytest.mark.engines("sqlite")

HOME, SIGN_IN, CREATE, VISA = "/fr/", "/fr/compte/connexion", "/fr/compte/creer", "/fr/compte/creer/visa"
STUDENT, CONTACT = "/fr/titre/etudiant", "/fr/aide/contact"


def _answer(key: str) -> str:
    return f"/fr/aide/questions/{key}"


# What the FAQ says, the page that says it here, and its words.
HERE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("un titre « étudiant », « passeport talent », « passeport talent famille » ou « visiteur »",
     _answer("demander-un-titre"), ("« étudiant »", "« passeport talent »", "passeport talent famille", "« visiteur »")),
    ("visa avec titre à solliciter, VLS-TS validé, titre de séjour", _answer("demander-un-titre"),
     ("« titre à solliciter »", "VLS-TS validé", "titre de séjour")),
    ("un autre titre : le site de votre préfecture", _answer("demander-un-titre"),
     ("site internet de votre préfecture",)),
    ("« Se connecter » en haut à droite", HOME, ("Se connecter",)),
    ("les icônes de l’accueil", HOME,
     ("Je demande ou renouvelle un titre de séjour", "Je déclare un changement de situation")),
    ("numéro étranger, début et fin de validité du titre ou du récépissé", CREATE,
     ("Numéro étranger", "Premier jour de validité", "Dernier jour de validité", "récépissé")),
    ("adresse email, puis mot de passe", CREATE, ("votre adresse e-mail, puis votre mot de passe",)),
    ("numéro de visa, début et fin de validité du visa", VISA,
     ("Numéro de visa", "Premier jour de validité", "Dernier jour de validité")),
    ("vous avez déjà un compte si vous avez déjà fait une démarche", _answer("ai-je-un-compte"),
     ("si vous avez déjà fait une démarche",)),
    ("l’identifiant est la « Référence » de la confirmation", SIGN_IN, ("« Référence »",)),
    ("l’identifiant est le numéro étranger", _answer("ai-je-un-compte"), ("votre numéro étranger",)),
    ("au plus tôt 4 mois et au plus tard 2 mois", HOME, ("Entre 4 mois et 2 mois avant la fin",)),
    ("première demande : numéro étranger et mot de passe provisoire", _answer("premiere-demande-rien-recu"),
     ("numéro étranger", "mot de passe provisoire")),
    ("« Mot de passe oublié »", SIGN_IN, ("Mot de passe oublié",)),
    ("première visite ? créer votre compte", SIGN_IN, ("Première visite ? Créer votre compte",)),
    ("l’identifiant, puis un lien par e-mail", "/fr/compte/oublie", ("Numéro étranger ou adresse e-mail", "lien")),
    ("5 ou 6 étapes", STUDENT, ("6 étapes",)),
    ("5 étapes", "/fr/titre/talent-famille", ("5 étapes",)),
    ("des justificatifs et une e-photo", STUDENT, ("Les documents", "L’e-photo")),
    ("confirmation par courriel et sur le compte", _answer("deroulement"), ("par e-mail et dans votre espace",)),
    ("ADP une fois le dossier ouvert", _answer("deroulement"), ("dès qu’un agent a ouvert votre dossier",)),
    ("la liste est sur la page de présentation", STUDENT, ("Télécharger la liste des pièces justificatives",)),
    ("les six étapes et leurs noms", STUDENT,
     ("Informations personnelles", "Motif de séjour", "Ressources", "Justificatifs", "Récapitulatif", "Confirmation")),
    ("votre saisie est sauvegardée à chaque étape", STUDENT,
     ("Votre saisie est sauvegardée à la validation de chaque étape", "reprendre plus tard")),
    ("JPG, PNG, BMP, TIFF, PDF", STUDENT, ("JPG, PNG, BMP, TIFF, PDF",)),
    ("la carte des cabines et photographes", STUDENT, ("Trouver une cabine ou un photographe agréé",)),
    ("« Je commence »", STUDENT, ("Je commence",)),
    ("cabine agréée ou photographe « Service en ligne »", _answer("obtenir-e-photo"),
     ("cabine photo agréée", "« Service en ligne »")),
    ("le code de la planche, à l’étape « Justificatifs »", _answer("utiliser-e-photo"), ("planche", "« Justificatifs »")),
    ("une seule démarche, 6 mois", _answer("code-e-photo-refuse"), ("une seule démarche", "6 mois")),
    ("signaler à la cabine ou au photographe", _answer("code-e-photo-refuse"),
     ("carte des cabines", "retournez chez lui")),
    ("la préfecture ou sous-préfecture de votre adresse", _answer("ou-en-est-ma-demande"),
     ("la préfecture ou la sous-préfecture de l’adresse",)),
    ("les quatre états", _answer("ou-en-est-ma-demande"),
     ("Dépôt de la demande", "Instruction en cours", "Décision prise", "Titre de séjour disponible", "SMS")),
    ("un e-mail, un nouveau justificatif, un courrier manuscrit", _answer("complement"),
     ("Un e-mail", "garder", "remplacer", "écrite à la main")),
    ("taxe de base et droit de timbre", _answer("rembourser-timbre"), ("une taxe", "un droit de timbre", "à la remise")),
    ("remboursement", _answer("rembourser-timbre"), ("timbres.impots.gouv.fr",)),
    ("ADP, première demande", _answer("adp"), ("ne permet pas de voyager", "pas de nouveaux droits, sauf exception")),
    ("ADP, renouvellement", _answer("adp"), ("seulement avec le titre précédent", "Schengen", "le travail continue")),
    ("ADF", _answer("adf"), ("visa de long séjour précédent, même expiré", "tous les droits", "Schengen", "travailler")),
    ("payer à la remise, tabac, centre des impôts, site, espèces, 16 chiffres", _answer("payer-la-carte"),
     ("vous est remise", "bureau de tabac", "centre des impôts", "espèces", "16 chiffres", "papier")),
    ("0 806 001 620", CONTACT, ("0 806 001 620",)),
    ("captures d’écran avec adresse, date et heure", CONTACT,
     ("captures d’écran", "l’adresse de la page, la date et l’heure")),
    ("bouton « Contact » en bas à gauche", HOME, ("Contact :",)),
    ("« NOUS CONTACTER » en haut à droite", HOME, ("Nous contacter",)),
    ("e-MERAUDE", _answer("e-meraude"), ("réservé aux étrangers présents en France",)),
    ("déclarer un changement d’adresse, quel que soit le titre", _answer("demenagement"),
     ("Quel que soit", "moins d’un an", "payante", "attestation")),
    ("moins de 90 jours : le renouvellement", _answer("perte-vol"), ("moins de 90 jours", "automatiquement")),
    ("préfecture, service-public.fr, 3939", _answer("reglementation"),
     ("site internet de votre préfecture", "www.service-public.fr", "3939")),
)  # fmt: skip

# What the FAQ says of the real service's looks, and ours does otherwise on purpose.
OTHERWISE = (
    "« Créer un compte »",
    "mot de passe provisoire par mail",
    "cliquant sur votre nom en haut à droite",
    "cliquez sur la notification",
    "maintenir ou de modifier le document",
    "peut prendre 24 à 48 heures",
    "sera générée par le service instructeur dès que celui-ci aura pris connaissance",
    "« Je déclare un changement de situation (Domicile) »",
    "« Je signale la perte, le vol ou la détérioration de mon titre de séjour »",
    "automatiquement orienté",
    'bouton "Contact" en bas à gauche de l\'écran',
    "via le formulaire de contact",
)


def _words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u00a0", " ").split())


@pytest.mark.parametrize(("said", "path", "words"), HERE, ids=[row[0] for row in HERE])
def test_what_the_faq_says_is_true_here(visitor: Any, said: str, path: str, words: tuple[str, ...]) -> None:
    answer = visitor().get(path)
    assert answer.status_code == 200
    assert [each for each in words if each not in _words(answer.text)] == []


@pytest.mark.parametrize("said", OTHERWISE)
def test_what_is_otherwise_here_stands_in_the_docs_with_the_reason(said: str) -> None:
    rows = (ROOT / "docs" / "faq.md").read_text(encoding="utf-8").splitlines()
    (row,) = [line for line in rows if line.startswith("|") and said in line.split("|")[1]]
    assert all(cell.strip() for cell in row.strip("|").split("|"))


@pytest.mark.parametrize(("lang", "label"), [("fr", "Accéder à mon compte"), ("en", "Go to my account")])
def test_the_name_and_the_way_in_stand_first_on_the_home_page(visitor: Any, lang: str, label: str) -> None:
    person = factories.account()
    client = visitor().sign_in(person)
    first = client.get(f"/{lang}/").text.partition("<main")[2].partition("<h1")[0]
    assert person.identity["surname"].casefold() in first.casefold()
    assert f'<a href="/{lang}/suivi/">{label}</a>' in first
    assert label not in visitor().get(f"/{lang}/").text


@pytest.mark.parametrize(("device", "shown"), [("own", True), ("shared", False)])
def test_the_name_leads_to_the_space_at_the_top_right_but_on_a_device_of_many(
    visitor: Any, device: str, shown: bool
) -> None:
    person = factories.account()
    client = visitor()
    client.get(SIGN_IN)
    client.post(SIGN_IN, credentials(person, device=device))
    head = client.get("/fr/aide").text.partition("<header")[2].partition("</header")[0]
    (way,) = re.findall(r'<a href="/fr/suivi/">(.*?)</a>', head)
    assert (person.identity["surname"].casefold() in way.casefold()) == shown
