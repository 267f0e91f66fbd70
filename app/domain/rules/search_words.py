"""Search words of dossiers and of queries, in one normal form, for any script.

A typed word matches every word that begins with it. Accents, case, apostrophes and dashes are ignored, and so are the
spaces in a name; the groups of a number may be typed with spaces or dashes between them.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from app.domain.text import fold

# The ASCII apostrophe, typographic ones, and letters that stand for one in transliterations.
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʻʹ′＇")
# Letters that people without them spell in two, where folding leaves one: Müller, Mueller.
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
    | {"Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe", "Å": "aa"}
)
_DATE = 3  # parts of a date
_SEPARATING = frozenset("PSZC")  # Unicode categories: punctuation, symbols, spaces, control characters


def of_person(surname: str, given_names: str, number: str) -> frozenset[str]:
    """Return the words of a name and a foreign-national number; parts of a name both separate and joined.

    >>> sorted(of_person("O’Sullivan", "Éric", "9920000114"))
    ['9920000114', 'eric', 'o', 'osullivan', 'sullivan']
    >>> sorted(of_person("Al-Khatib", "Jürg", ""))
    ['al', 'alkhatib', 'juerg', 'jurg', 'khatib']
    """
    names = [surname, given_names]
    spelt = [name.translate(_SPELT) for name in names]
    found: set[str] = set()
    for name in map(fold, {*names, *spelt}):
        apart = list(_split(name.translate({mark: " " for mark in _APOSTROPHES})))
        found.update(_split(name.translate(_APOSTROPHES)), apart)
        found.update("".join(apart[place:]) for place in range(len(apart)))
    return frozenset([*found, *_split(number)])


def of_papers(born_on: str, email: str, passport: str) -> frozenset[str]:
    """Return the words of a date of birth, both ways round, an e-mail address and a passport number.

    >>> sorted(of_papers("2002-03-14", "Anh.Nguyen@exemple.fr", "C 123-4567"))
    ['14032002', '20020314', 'anh.nguyen@exemple.fr', 'c1234567']
    """
    parts = born_on.split("-")
    dates = ("".join(parts), "".join(reversed(parts))) if len(parts) == _DATE else ()
    words = (*dates, fold(email), "".join(_split(fold(passport))))
    return frozenset(filter(None, words))


def of_reference(reference: str) -> frozenset[str]:
    """Return a reference without dashes, and its running number with check digit, which agents of a service use.

    >>> sorted(of_reference("2A-2026-000123-6"))
    ['0001236', '2a20260001236']
    """
    *_place_and_year, running, digit = reference.split("-")
    return frozenset([fold(reference.replace("-", "")), f"{running}{digit}"])


@lru_cache(maxsize=256)  # several queries of a page use the same words
def typed(text: str) -> tuple[str, ...]:
    """Return the words of a query, each once; the groups of a number are joined, an e-mail address stays whole.

    >>> typed("Éric O'Sullivan 9920 000 114")
    ('eric', 'osullivan', '9920000114')
    >>> typed("14/03/2002 Anh.N@exemple.fr")
    ('anh.n@exemple.fr', '14032002')
    """
    chunks = fold(text).split()
    words: list[str] = [chunk for chunk in chunks if "@" in chunk]
    numeric = False
    for word in _split(" ".join(chunk for chunk in chunks if "@" not in chunk).translate(_APOSTROPHES)):
        number = any(map(str.isdecimal, word))
        if number and numeric:
            words[-1] += word
        else:
            words.append(word)
        numeric = number
    return tuple(dict.fromkeys(words))


def _split(text: str) -> Iterator[str]:
    plain = (_plain(character) for character in text)
    yield from "".join(plain).split()


def _plain(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else " "
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return " " if unicodedata.category(character)[0] in _SEPARATING else character
