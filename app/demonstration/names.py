"""Invented names by the thousand, composed of syllables of many scripts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from app.domain.rules.search_words import of_person

# Share of names, in per cent, and the syllables they are made of.
SCRIPTS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (30, tuple("ba ké lo mi dra ou sy té na fo di ka ra bé la so ya mu né go".split())),
    (26, tuple("mar so lié vi ré an do jo cé ber né fa rou gi ti au bré ço lou phi".split())),
    (14, tuple("đa ngu yễn thị ánh hồ tr ần lý phư ơng bảo vũ quố châu lệ mỹ".split())),
    (12, tuple("šo łu ča že vić ów ska ny kov řa di mir ěl ţe ő gy".split())),
    (6, tuple("ку ли ва ров ё на са мо й ре ни цо ль ша гру бо".split())),
    (3, tuple("πα ρό λου νι κί δη σα μά ρα ελ θέ ος".split())),
    (3, tuple("با سا لم حس ين نو را عم كر يا من زي".split())),
    (2, tuple("明 李 山 小 王 春 海 玉 安 文 月 林".split())),
    (2, tuple("გი ორ და შე ვი ნი ლა რა".split())),
    (2, tuple("अ नि ता रा ज मो ह न सु".split())),
)
SURNAMES, GIVEN_NAMES = 3000, 2000


@dataclass(frozen=True)
class Name:
    """A surname or a given name: as text, as JSON, and its search words."""

    text: str
    json: str
    words: frozenset[str]


@dataclass(frozen=True)
class Names:
    """Names by frequency: the second is half as frequent as the first, the third a third (Zipf's law)."""

    names: tuple[Name, ...]
    weights: tuple[float, ...]

    def drawn(self, random: Random, many: int) -> list[Name]:
        """Return `many` names at random, by frequency."""
        return random.choices(self.names, cum_weights=self.weights, k=many)


def surnames(random: Random) -> Names:
    """Return every surname of the bulk data."""
    return _names(_surnames(random), SURNAMES)


def given_names(random: Random) -> Names:
    """Return every given name of the bulk data."""
    return _names(_given_names(random), GIVEN_NAMES)


def _names(texts: Iterator[str], many: int) -> Names:
    found: dict[str, Name] = {}
    while len(found) < many:
        text = next(texts)
        found.setdefault(text, Name(text, json.dumps(text, ensure_ascii=False), of_person(text, "", "")))
    return Names(tuple(found.values()), tuple(accumulate(1 / place for place in range(1, many + 1))))


def _surnames(random: Random) -> Iterator[str]:
    while True:
        name = _word(random)
        chance = random.random()
        if chance < 0.03:
            name = f"{random.choice('OD')}’{name}"
        elif chance < 0.08:
            name = f"{name}-{_word(random)}"
        yield name


def _given_names(random: Random) -> Iterator[str]:
    while True:
        name = _word(random)
        yield f"{name} {_word(random)}" if random.random() < 0.3 else name


def _word(random: Random) -> str:
    shares = [share for share, _syllables in SCRIPTS]
    (_share, syllables), *_none = random.choices(SCRIPTS, shares)
    return "".join(random.choices(syllables, k=random.choice((2, 2, 3, 3, 4)))).capitalize()
