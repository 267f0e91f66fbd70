"""Limits of uploaded files, and for each kind of refusal the sentences saying what is wrong and what to do.

Every sentence may use `%(name)s`, the file's name, and the values of the refusal.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import N_


@dataclass(frozen=True)
class Limits:
    """Limits of a file and of a supporting document; pages show them before a file is chosen."""

    max_bytes: int = 10_000_000
    max_files_a_slot: int = 10
    max_joined: int = 3  # to a message
    max_pages: int = 30
    max_pixels: int = 205_000_000  # above the largest photo of a telephone: 12 240 × 16 320


LIMITS = Limits()


class Scan(StrEnum):
    """Whether a received file was scanned for viruses; it opens once it is clean."""

    WAITING = "waiting"  # for the worker
    CLEAN = "clean"
    INFECTED = "infected"  # its bytes are gone, its row says so


class Refusal(StrEnum):
    """Reasons for refusing a file."""

    NOTHING_CHOSEN = "nothing_chosen"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    WORD = "word"
    ARCHIVE = "archive"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    ACTIVE = "active"
    INFECTED = "infected"
    TOO_MANY_FILES = "too_many_files"
    TOO_MANY_JOINED = "too_many_joined"
    BUSY = "busy"
    CLOSED = "closed"


# What the sentence of a refusal shows beside the file's name.
_SHOWN: dict[Refusal, int] = {
    Refusal.TOO_LARGE: LIMITS.max_bytes // 1_000_000,
    Refusal.TOO_MANY_PAGES: LIMITS.max_pages,
    Refusal.TOO_MANY_FILES: LIMITS.max_files_a_slot,
    Refusal.TOO_MANY_JOINED: LIMITS.max_joined,
}


@dataclass(frozen=True)
class Refused:
    """The refusal of a file."""

    reason: Refusal

    @property
    def values(self) -> dict[str, object]:
        """The values of the placeholders in its sentences, but for the name of the file."""
        return {"max": _SHOWN[self.reason]} if self.reason in _SHOWN else {}


REASONS: dict[Refusal, str] = {
    Refusal.NOTHING_CHOSEN: N_("Aucun fichier n’a été choisi."),
    Refusal.EMPTY: N_("« %(name)s » est vide."),
    Refusal.TOO_LARGE: N_("« %(name)s » est trop lourd : %(max)s Mo au plus."),
    Refusal.UNKNOWN_FORMAT: N_("« %(name)s » n’est pas dans un format que nous pouvons lire."),
    Refusal.WORD: N_("« %(name)s » est un document de traitement de texte."),
    Refusal.ARCHIVE: N_("« %(name)s » est un dossier compressé."),
    Refusal.UNREADABLE: N_("« %(name)s » est abîmé ou incomplet."),
    Refusal.ENCRYPTED: N_("« %(name)s » est protégé par un mot de passe."),
    Refusal.TOO_MANY_PAGES: N_("« %(name)s » a trop de pages : %(max)s au plus."),
    Refusal.TOO_MANY_PIXELS: N_("« %(name)s » est une image trop grande."),
    Refusal.ACTIVE: N_("« %(name)s » est un formulaire qui ne s’affiche que dans un programme particulier."),
    Refusal.INFECTED: N_("« %(name)s » contient un virus. Il n’a pas été gardé."),
    Refusal.TOO_MANY_FILES: N_("Ce document a déjà %(max)s fichiers."),
    Refusal.TOO_MANY_JOINED: N_("%(max)s fichiers au maximum par message."),
    Refusal.BUSY: N_("« %(name)s » n’a pas pu être examiné : beaucoup de fichiers arrivent en même temps."),
    Refusal.CLOSED: N_(
        "« %(name)s » n’a pas été gardé : nous ne pouvons recevoir aucun fichier pour l’instant."
    ),
}

CURES: dict[Refusal, str] = {
    Refusal.NOTHING_CHOSEN: N_("Choisissez une photo ou un PDF, puis envoyez."),
    Refusal.EMPTY: N_("Reprenez la photo, ou téléchargez de nouveau le document, puis envoyez-le."),
    Refusal.TOO_LARGE: N_(
        "Prenez une photo de chaque page, ou une photo moins grande : le fichier sera plus léger."
    ),
    Refusal.UNKNOWN_FORMAT: N_("Prenez le document en photo, ou envoyez-le en JPG, PNG, HEIC ou PDF."),
    Refusal.WORD: N_("Enregistrez-le en PDF, ou prenez en photo la feuille imprimée."),
    Refusal.ARCHIVE: N_("Ouvrez-le et envoyez les fichiers un par un."),
    Refusal.UNREADABLE: N_(
        "Ouvrez-le sur votre téléphone. S’il s’affiche, faites une capture d’écran et envoyez-la."
    ),
    Refusal.ENCRYPTED: N_("Ouvrez-le, faites une capture d’écran de chaque page, puis envoyez les images."),
    Refusal.TOO_MANY_PAGES: N_(
        "Envoyez seulement les pages demandées, ou coupez le document en plusieurs fichiers."
    ),
    Refusal.TOO_MANY_PIXELS: N_("Faites une capture d’écran de l’image, puis envoyez la capture."),
    Refusal.ACTIVE: N_(
        "Imprimez-le en PDF, ou faites une capture d’écran de chaque page et envoyez les images."
    ),
    Refusal.INFECTED: N_("Reprenez le document en photo. Faites vérifier l’appareil d’où vient ce fichier."),
    Refusal.TOO_MANY_FILES: N_("Retirez un fichier avant d’en ajouter un autre."),
    Refusal.TOO_MANY_JOINED: N_("Envoyez les autres avec un second message."),
    Refusal.BUSY: N_("Renvoyez-le dans une minute."),
    Refusal.CLOSED: N_("Ce n’est pas votre faute. Renvoyez-le dans quelques heures."),
}
