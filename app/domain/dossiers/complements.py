"""Marks on documents and ready reasons for requesting one again.

A reason is stored as text, the ready sentence first, so that it does not change with this table; `sentences` finds the
ready one again to show it in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.dossiers.decisions import SENTENCES as DECIDED
from app.domain.journeys.journey import SupportingDocument
from app.domain.journeys.questions import PHOTO, Option
from app.domain.text import N_

OWN_WORDS, NOT_GIVEN = "other", "not_given"
MOST_OTHERS = 3  # documents outside the procedure's list that one request may ask for
_OTHER = "other_"  # beginning of the keys of such documents; no procedure declares one


def other_key(number: int) -> str:
    """Return the key of a document that an agent asks for by name, numbered in its dossier."""
    return f"{_OTHER}{number}"


def is_other(key: str) -> bool:
    """Return whether a key is that of a document outside the procedure's list."""
    return key.startswith(_OTHER)


@dataclass(frozen=True)
class Reason(Option):
    """A reason: its name for agents (label), the applicant's sentence (hint), an example that fits any document."""

    example: str = ""


REASONS: tuple[Reason, ...] = (
    Reason(
        "illegible",
        N_("Illisible"),
        N_("Ce document est illisible. Refaites la photo à plat, en pleine lumière, sans couper les bords."),
        N_("une photo où les quatre coins se voient et où chaque mot se lit."),
    ),
    Reason(
        "too_old",
        N_("Trop ancien"),
        N_("Ce document est trop ancien. Envoyez le plus récent que vous avez."),
    ),
    Reason(
        "incomplete",
        N_("Incomplet"),
        N_("Il manque des pages. Envoyez toutes les pages, recto et verso."),
    ),
    Reason(
        "wrong_document",
        N_("Autre document"),
        N_("Ce n’est pas le document demandé. Lisez son nom et sa description, puis envoyez le bon."),
    ),
    Reason(
        "wrong_person",
        N_("Autre personne"),
        N_("Ce document ne porte pas votre nom. Envoyez un document à votre nom."),
    ),
    Reason(
        "not_translated",
        N_("Non traduit"),
        N_("Ce document n’est pas en français. Ajoutez une traduction faite par un traducteur agréé."),
        N_("l’original et sa traduction, avec le cachet du traducteur, ensemble."),
    ),
    Reason(
        "mismatch",
        N_("Ne correspond pas à la réponse"),
        N_(
            "Ce document ne dit pas la même chose que votre demande. Envoyez-en un qui la prouve. Si c’est votre réponse "
            "qui est fausse, corrigez-la."
        ),
    ),
    Reason(
        NOT_GIVEN,
        N_("Non fourni"),
        N_("Ce document manque. Envoyez-le, ou écrivez pourquoi vous ne l’avez pas."),
        N_("« Je l’ai demandé, il arrive le 5 du mois prochain. »"),
    ),
    Reason(OWN_WORDS, N_("Autre motif"), ""),
)

# The sentences that fit one document, by reason and document; the others have that of the reason itself.
SENTENCES_OF: Mapping[str, Mapping[str, str]] = {
    "wrong_person": {
        "family": N_(
            "Ce document ne porte pas vos deux noms. Envoyez celui qui vous nomme, vous et votre époux, épouse ou "
            "partenaire."
        ),
        "spouse_identity": N_(
            "Ce document n’est pas celui de votre époux, épouse ou partenaire, d’après votre demande. Envoyez le sien."
        ),
        "children_births": N_(
            "Ce document ne porte pas le nom d’un enfant de votre demande. Envoyez un acte pour chaque enfant déclaré."
        ),
        "host_statement": N_(
            "Cette attestation ne porte pas les bons noms. Elle porte le vôtre, et celui de la personne qui vous héberge."
        ),
        "host_identity": N_(
            "Ce document n’est pas celui de la personne qui vous héberge, d’après votre demande. Envoyez le sien."
        ),
        "host_home": N_(
            "Ce document ne porte pas le nom de la personne qui vous héberge. Envoyez un document à son nom."
        ),
        "guarantor": N_(
            "Ces documents ne portent pas le nom de la personne qui vous aide. Envoyez les siens, et les virements "
            "qui vous "
            "nomment."
        ),
        "principal_permit": N_(
            "Ce titre n’est pas celui de la personne « talent » de votre demande. Envoyez le sien."
        ),
        "host_agreement": N_(
            "Cette convention ne porte pas le nom de la personne qui a, ou demande, le titre « talent ». Envoyez la "
            "sienne."
        ),
        "project_proof": N_(
            "Ces documents ne portent ni votre nom ni celui de votre entreprise. Envoyez ceux qui portent l’un des deux."
        ),
    }
}
# Of documents that an agent asks for by name: only the agent knows whose they are.
_SENTENCES_OF_OTHERS = {
    "wrong_person": N_("Ce document n’est pas au nom attendu. Lisez la demande, puis envoyez le bon.")
}

_LAST_BILL = N_("une facture d’électricité du mois dernier.")
_WHOLE_CONTRACT = N_("toutes les pages, avec les signatures de la dernière.")
_AMOUNT = N_("un relevé où se lit la somme que vous avez déclarée.")
_SAME_ADDRESS = N_("une facture à l’adresse que vous avez écrite dans la demande.")

# Examples that fit one document, by reason and document; the others have none.
OF_DOCUMENTS: Mapping[str, Mapping[str, str]] = {
    "too_old": {
        "home_bill": _LAST_BILL,
        "host_home": _LAST_BILL,
        "residence_statement": N_("une attestation signée ce mois-ci par la direction."),
        "bank_statement": N_("une attestation de ce mois-ci, avec le solde."),
        "payslips": N_("les bulletins des trois derniers mois."),
        "recent_pay": N_("les bulletins des trois derniers mois."),
        "mandate": N_("un extrait Kbis de ce mois-ci."),
    },
    "incomplete": {
        "passport": N_("la page de la photo et celles des visas et des tampons."),
        "permit": N_("le recto et le verso de la carte, sur deux photos."),
        "children_births": N_("un acte pour chaque enfant."),
        "guarantor": N_("les virements reçus, la pièce d’identité du garant et ses revenus."),
        "contract": _WHOLE_CONTRACT,
        "apprentice_contract": _WHOLE_CONTRACT,
        "internship_agreement": _WHOLE_CONTRACT,
    },
    "wrong_document": {
        "enrolment": N_("le certificat de scolarité de cette année, pas le reçu de paiement."),
        "home_bill": N_("une facture d’électricité ou d’internet, pas de téléphone mobile."),
        "bank_statement": N_("l’attestation de la banque avec le solde, pas un relevé d’identité bancaire."),
    },
    "wrong_person": {
        "home_bill": N_("si le bail est au nom d’une autre personne, son attestation d’hébergement.")
    },
    "mismatch": {
        **dict.fromkeys(
            ("payslips", "scholarship_statement", "guarantor", "bank_statement", "income"), _AMOUNT
        ),
        "home_bill": _SAME_ADDRESS,
        "host_home": _SAME_ADDRESS,
    },
}

# The reasons to request the e-photo, which is answered by a code.
PHOTO_REASONS: tuple[Reason, ...] = (
    Reason(
        "photo_missing",
        N_("Photo pas arrivée"),
        N_("Votre e-photo n’est pas arrivée avec le code donné. Vérifiez le code, ou refaites une e-photo."),
    ),
    Reason(
        "photo_unfit",
        N_("Photo ou signature à refaire"),
        N_(
            "La photo ou la signature ne peut pas servir pour la carte. Refaites une e-photo, puis donnez son code."
        ),
    ),
    Reason(OWN_WORDS, N_("Autre motif"), ""),
)
PHOTO_DOCUMENT = SupportingDocument(PHOTO, N_("Votre e-photo"))

# The marks of documents: conforming, the reasons above, and one that takes a mark back.
CONFORM, AGAIN = "conform", "again"
MARKS: tuple[Option, ...] = (
    Option(CONFORM, N_("Conforme")),
    *REASONS,
    Option(AGAIN, N_("À revoir")),
)

# The reason of each ready sentence.
READY: Mapping[str, str] = {
    sentence: key
    for key, sentence in (
        *((reason.key, reason.hint) for reason in (*REASONS, *PHOTO_REASONS) if reason.hint),
        *((key, sentence) for key, fitting in SENTENCES_OF.items() for sentence in fitting.values()),
        *_SENTENCES_OF_OTHERS.items(),
    )
}
_SENTENCES = frozenset(READY) | DECIDED
_FAULTS = frozenset(option.key for option in REASONS)
_BY_KEY = {option.key: option for option in (*REASONS, *PHOTO_REASONS)}


def ready_sentence(key: str, slot: str) -> str:
    """Return the sentence of a reason that fits a document, by its key; "" for the agent's own words."""
    of_others = _SENTENCES_OF_OTHERS.get(key, "") if is_other(slot) else ""
    return SENTENCES_OF.get(key, {}).get(slot, "") or of_others or _BY_KEY[key].hint


def reason(key: str, slot: str, words: str = "") -> str:
    """Return the text to store for a reason to request a document and the agent's own words."""
    return "\n".join(filter(None, (ready_sentence(key, slot), words.strip())))


def sentences(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the lines of a stored reason, each with True if it is a ready sentence, which has a translation."""
    return tuple((line, line in _SENTENCES) for line in text.splitlines() if line.strip())


def examples(text: str, document: str) -> tuple[str, ...]:
    """Return the examples of a right document, by its key, for the ready sentences of a stored reason."""
    keys = (READY[line] for line, _ready in sentences(text) if line in READY)
    return tuple(
        filter(None, (OF_DOCUMENTS.get(key, {}).get(document, _BY_KEY[key].example) for key in keys))
    )


@lru_cache(maxsize=500)
def reasons_for(slot: str) -> tuple[Reason, ...]:
    """Return the ready reasons to request a document, or the e-photo, each with the sentence that fits it."""
    if slot == PHOTO:
        return PHOTO_REASONS
    return tuple(replace(ready, hint=ready_sentence(ready.key, slot)) for ready in REASONS)


def marks_for(files: bool, letter: bool) -> tuple[Option, ...]:
    """Return the marks that apply to a document: faults if it has files, NOT_GIVEN if it has none.

    Both apply to a `letter` instead of the document.
    """
    if files:
        return tuple(mark for mark in MARKS if letter or mark.key != NOT_GIVEN)
    return tuple(mark for mark in MARKS if mark.key in (CONFORM, NOT_GIVEN, OWN_WORDS, AGAIN))


def faulty(mark: str) -> bool:
    """Return whether a mark is a reason to request the document again."""
    return mark in _FAULTS
