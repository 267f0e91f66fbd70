"""Finding an answer by what people type: forgiving of accents, case, plural and one mistake in a word.

It reads sentences in the reader's language, given by the caller, and knows nothing of languages but the
small words of French and English, which say nothing about the question.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from app.domain.text import fold

QUERY_CHARACTERS = 200
# How much a word tells, by where it stands.
QUESTION, WORDS, ANSWER = 6, 4, 1
# A result far weaker than the best one is noise.
KEPT_PART = 0.3
_BEGINNING = 4  # letters from which the beginning of a word finds it
_MISTAKE = 5  # letters from which a mistake is forgiven
_ALIKE = 0.84

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SMALL = frozenset(
    fold(
        "le la les un une des du de au aux et ou où en dans par pour sur avec sans ce cet cette ces se son sa ses "
        "mon ma mes ton ta tes votre vos notre nos leur leurs je tu il elle on nous vous ils elles me te lui que "
        "qui quoi quel quelle quels quelles comment est sont suis être avoir ai as ont avez faire fait faut peut "
        "puis ne pas savoir plus si oui non mais "
        "the an of to in on at by for with without from and or this that these those is are am be been was do "
        "does did can could should would will my your our their his her its me you we they it how what who which "
        "where when why have has had not no yes if"
    ).split()
)


def stem(word: str) -> str:
    """A folded word without its plural, its feminine and its mute ending: `fiscaux`, `fiscale` → `fiscal`."""
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al"
    if len(word) > 3:
        word = word.rstrip("sx").rstrip("e")
        if word.endswith("y"):
            word = word[:-1] + "i"  # copy, copies
    return word


def terms(text: str) -> list[str]:
    """The telling words of a text, as stems; `e-photo` is also `photo` and `ephoto`."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        parts = word.split("-")
        forms = parts if len(parts) == 1 else [*parts, "".join(parts)]
        found += [stem(one) for one in forms if len(one) > 1 and one not in _SMALL]
    return found


@dataclass(frozen=True)
class Text:
    """What is searched of one answer, in one language."""

    key: str
    question: str
    words: str
    answer: str


class Index:
    """The answers of one language, ready to be searched."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.weights: dict[str, Counter[str]] = {one.key: _weights(one) for one in texts}
        self._lengths = {one.key: len(terms(one.question)) for one in texts}

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """A word that stands in every answer tells nothing."""
        spread = Counter(term for weights in self.weights.values() for term in weights)
        return {term: math.log(1 + len(self.weights) / count) for term, count in spread.items()}

    def search(self, query: str) -> list[str]:
        """Keys of the answers, the most relevant first."""
        asked = [self._known(term) for term in dict.fromkeys(terms(query[:QUERY_CHARACTERS]))]
        scores = {key: self._score(asked, weights) for key, weights in self.weights.items()}
        best = max(scores.values(), default=0.0)
        kept = [key for key, score in scores.items() if score > 0 and score >= best * KEPT_PART]
        # Of two equal ones, the question that says less beside what was asked.
        return sorted(kept, key=lambda key: (-scores[key], self._lengths[key]))

    def _score(self, asked: Iterable[dict[str, float]], weights: Counter[str]) -> float:
        """Each word counts once, by its best form; answers that hold more of the words come first."""
        points = [
            max((weights[term] * part * self._rarity[term] for term, part in forms.items()), default=0.0)
            for forms in asked
        ]
        return sum(points) * sum(1 for one in points if one)

    def _known(self, term: str) -> dict[str, float]:
        """The words of the answers that a typed word stands for, and how surely."""
        longer = self._rarity if len(term) >= _BEGINNING else ()
        forms = {one: 0.6 for one in longer if one.startswith(term)}
        if term in self._rarity:
            forms[term] = 1.0
        if not forms and len(term) >= _MISTAKE:
            forms = dict.fromkeys(get_close_matches(term, self._rarity, 2, _ALIKE), 0.5)
        return forms


def _weights(text: Text) -> Counter[str]:
    found: Counter[str] = Counter()
    for part, weight in ((text.answer, ANSWER), (text.words, WORDS), (text.question, QUESTION)):
        for term in set(terms(part)):
            found[term] += weight
    return found
