"""Passwords: long enough, not guessable, kept as argon2id digests."""

from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from app.domain.text import N_, Problem

SHORTEST = 12
LONGEST = 200
SAFE_SCORE = 3  # of zxcvbn: more than 10⁸ guesses

# OWASP's parameters: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

_COMMON = N_(
    "Ce mot de passe est dans les listes de mots de passe volés. Choisissez autre chose, par exemple quatre mots sans lien."
)
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
_OWN = N_(
    "Ce mot de passe contient votre nom, votre numéro ou votre adresse. Choisissez des mots que personne ne relie à vous."
)
_EASY = N_("Ce mot de passe se devine trop vite. Ajoutez un ou deux mots sans lien entre eux.")


def problem(password: str, about: Iterable[str] = ()) -> Problem | None:
    """Why a password is refused, or None. `about` is what a stranger may know of the person."""
    if len(password) < SHORTEST:
        return Problem(
            N_(
                "Votre mot de passe a %(count)s caractères. Il en faut au moins %(min)s : quatre mots sans lien suffisent."
            ),
            {"count": len(password), "min": SHORTEST},
        )
    if len(password) > LONGEST:
        return Problem(N_("Votre mot de passe est trop long : %(max)s caractères au plus."), {"max": LONGEST})
    own = [word for word in about if len(word) > 2]
    found = zxcvbn(password[:72], user_inputs=own)
    if found["score"] >= SAFE_SCORE:
        return None
    longest = max(found["sequence"], key=lambda part: len(part["token"]))
    if longest.get("dictionary_name") == "user_inputs":
        return Problem(_OWN)
    if longest.get("dictionary_name") == "passwords":
        return Problem(_COMMON)
    return Problem(_REASONS.get(longest["pattern"], _EASY))


def hash_password(password: str) -> str:
    """The digest to keep."""
    return _hasher.hash(password)


def verify_password(kept: str, password: str) -> bool:
    """Whether a password is the one of a digest."""
    try:
        return _hasher.verify(kept, password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobody() -> str:
    """A digest that no password has: verified for unknown accounts, so that they take the same time."""
    return _hasher.hash("\x00 nobody")
