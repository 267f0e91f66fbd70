"""Password strength (length and zxcvbn) and storage (argon2id digests).

No composition rule: ANSSI and NIST SP 800-63B advise against them.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from app.domain.text import N_, Problem, fold

SHORTEST = 12
LONGEST = 200
SAFE_SCORE = 3  # of zxcvbn: more than 10⁸ guesses
REST = 6  # characters that must remain once personal and expected words are removed

# OWASP's parameters: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

_ZXCVBN_LENGTH = 72  # zxcvbn ignores the rest
# Words to be expected on this site, in addition to zxcvbn's own lists.
_SITE_WORDS = frozenset(
    "sejour titre titredesejour carte prefecture etranger etrangers guichet demonstration france francais "
    "marianne qsdfghjklm wxcvbn jetaime renouvellement".split()
)

_SHORT = N_(
    "Votre mot de passe doit avoir au moins %(min)s caractères, et il en a %(count)s : quatre mots sans "
    "lien suffisent."
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
    """Raised for a password that is refused; `problem` is the sentence to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def require_strength(password: str, about: Iterable[str] = ()) -> None:
    """Raise WeakPassword if `problem` refuses the password."""
    if reason := problem(password, about):
        raise WeakPassword(reason)


def problem(password: str, about: Iterable[str] = ()) -> Problem | None:
    """Return why a password is refused, or None.

    `about` has the personal data that a stranger may know: names, ISO dates, numbers, the e-mail address.
    """
    if len(password) < SHORTEST:
        return Problem(_SHORT, {"count": len(password), "min": SHORTEST})
    if len(password) > LONGEST:
        return Problem(_LONG, {"max": LONGEST})
    own = _personal_words(about)
    bare = _without(password, frozenset())
    for words, reason in ((own, _OWN), (own | _SITE_WORDS, _EASY)):
        rest = _without(password, words)
        if len(rest) < REST:
            return Problem(reason if rest != bare else _EASY)  # twelve spaces hold nobody's name
    estimate = zxcvbn(_folded(password)[:_ZXCVBN_LENGTH], user_inputs=sorted(own | _SITE_WORDS))
    return None if estimate["score"] >= SAFE_SCORE else Problem(_reason(estimate["sequence"], own))


def _reason(sequence: list[dict[str, Any]], own: frozenset[str]) -> str:
    """Return the sentence about the longest guessable part of a password."""
    longest = max(sequence, key=lambda part: len(part["token"]))
    if longest.get("dictionary_name") == "user_inputs" and longest["matched_word"] in own:
        return _OWN
    if longest.get("dictionary_name") == "passwords":
        return _COMMON
    return _REASONS.get(longest["pattern"], _EASY)


def _folded(text: str) -> str:
    """Remove accents: word lists have none, and guessing programs try both spellings."""
    parts = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in parts if not unicodedata.combining(c))


def _personal_words(about: Iterable[str]) -> frozenset[str]:
    """Split personal data into words of three characters or more, and join each datum without its separators.

    A date gives DDMMYYYY and DDMMYY too.
    """
    found: set[str] = set()
    for datum in about:
        plain = fold(datum)
        found |= {*re.split(r"[\W_]+", plain), re.sub(r"[\W_]+", "", plain)}
        if dated := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", plain):
            year, month, day = dated.groups()
            found |= {day + month + year, day + month + year[2:]}
    return frozenset(word for word in found if len(word) > 2)


def _without(password: str, words: frozenset[str]) -> str:
    """Remove these words from a password, the longest first."""
    rest = re.sub(r"[\W_]+", "", fold(password))
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rest = rest.replace(word, "")
    return rest


def hash_password(password: str) -> str:
    """Return the argon2id digest to store (about 20 ms)."""
    return _hasher.hash(password)


def verify_password(stored: str, password: str) -> bool:
    """Return whether a password matches a stored digest; False for an empty or malformed one."""
    try:
        return _hasher.verify(stored, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Return whether a digest was made with other parameters than the present ones, and should be made again."""
    return _hasher.check_needs_rehash(stored)


@cache
def dummy_digest() -> str:
    """Return a digest to verify for unknown accounts, so that the response takes as long as for a known one."""
    return _hasher.hash("\x00 nobody")
