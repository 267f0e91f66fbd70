"""Passwords: long enough, not guessable, kept as argon2id digests.

No rule of composition (ANSSI and NIST SP 800-63B ask for none): length, and what guessing costs.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from app.domain.text import N_, Problem

SHORTEST = 12
LONGEST = 200
SAFE_SCORE = 3  # of zxcvbn: more than 10⁸ guesses
REST = 6  # characters that must be left once the words that are known are taken out

# OWASP's parameters: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

_READ = 72  # zxcvbn reads no more
# What anybody would try here first, beside the lists that zxcvbn brings.
_OURS = frozenset(
    "sejour titre titredesejour carte prefecture etranger etrangers guichet demonstration france francais "
    "marianne qsdfghjklm wxcvbn jetaime renouvellement".split()
)

_SHORT = N_(
    "Votre mot de passe a %(count)s caractères. Il en faut au moins %(min)s : "
    "quatre mots sans lien suffisent."
)
_LONG = N_("Votre mot de passe est trop long : %(max)s caractères au plus.")
_COMMON = N_(
    "Ce mot de passe est dans les listes de mots de passe volés. "
    "Choisissez autre chose, par exemple quatre mots sans lien."
)
_OWN = N_(
    "Ce mot de passe contient votre nom, votre numéro ou votre adresse. "
    "Choisissez des mots que personne ne relie à vous."
)
_EASY = N_("Ce mot de passe se devine trop vite. Ajoutez un ou deux mots sans lien entre eux.")
_REASONS = {
    "dictionary": N_(
        "Ce mot de passe se devine : il ressemble à un mot courant. Ajoutez des mots sans lien entre eux."
    ),
    "spatial": N_(
        "Ce mot de passe se devine : ses touches se suivent sur le clavier. Choisissez des mots sans lien."
    ),
    "repeat": N_("Ce mot de passe se devine : il se répète. Choisissez des mots sans lien entre eux."),
    "sequence": N_(
        "Ce mot de passe se devine : c’est une suite comme abcd ou 1234. Choisissez des mots sans lien."
    ),
    "date": N_("Ce mot de passe se devine : c’est une date. Ajoutez des mots sans lien entre eux."),
    "regex": N_("Ce mot de passe se devine : c’est une année. Ajoutez des mots sans lien entre eux."),
}


class WeakPassword(Exception):
    """The password is refused; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def require_strength(password: str, about: Iterable[str] = ()) -> None:
    """Raise WeakPassword where `problem` finds one."""
    if found := problem(password, about):
        raise WeakPassword(found)


def problem(password: str, about: Iterable[str] = ()) -> Problem | None:
    """Why a password is refused, or None. `about` is what a stranger may know of the person."""
    if len(password) < SHORTEST:
        return Problem(_SHORT, {"count": len(password), "min": SHORTEST})
    if len(password) > LONGEST:
        return Problem(_LONG, {"max": LONGEST})
    own = _words(about)
    for words, reason in ((own, _OWN), (own | _OURS, _EASY)):
        if len(_without(password, words)) < REST:
            return Problem(reason)
    found = zxcvbn(_folded(password)[:_READ], user_inputs=sorted(own | _OURS))
    return None if found["score"] >= SAFE_SCORE else Problem(_reason(found["sequence"], own))


def _reason(sequence: list[dict[str, Any]], own: frozenset[str]) -> str:
    """The sentence for the longest guessable part."""
    longest = max(sequence, key=lambda part: len(part["token"]))
    if longest.get("dictionary_name") == "user_inputs" and longest["matched_word"] in own:
        return _OWN
    if longest.get("dictionary_name") == "passwords":
        return _COMMON
    return _REASONS.get(longest["pattern"], _EASY)


def _folded(text: str) -> str:
    """Without accents: word lists have none, and whoever guesses tries both."""
    parts = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def _words(about: Iterable[str]) -> frozenset[str]:
    """What is known of a person, word by word, and each datum without its separators."""
    found: set[str] = set()
    for datum in about:
        plain = _folded(datum).casefold()
        found |= {*re.split(r"[\W_]+", plain), re.sub(r"[\W_]+", "", plain)}
        if dated := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", plain):
            year, month, day = dated.groups()
            found |= {day + month + year, day + month + year[2:]}
    return frozenset(word for word in found if len(word) > 2)


def _without(password: str, words: frozenset[str]) -> str:
    """What is left of a password once these words are taken out, longest first."""
    rest = re.sub(r"[\W_]+", "", _folded(password).casefold())
    for word in sorted(words, key=lambda one: (-len(one), one)):
        rest = rest.replace(word, "")
    return rest


def hash_password(password: str) -> str:
    """The digest to keep."""
    return _hasher.hash(password)


def verify_password(kept: str, password: str) -> bool:
    """Whether a password is the one of a digest."""
    try:
        return _hasher.verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a digest was made with other parameters than today's: the next sign-in makes it anew."""
    return _hasher.check_needs_rehash(kept)


@cache
def dummy_digest() -> str:
    """A digest that no password has: verified for unknown accounts, so that they take the same time."""
    return _hasher.hash("\x00 nobody")
