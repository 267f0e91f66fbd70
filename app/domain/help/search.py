"""Full-text search of the help answers; it ignores accents, case and plurals, and corrects one mistake in a word.

The caller passes the texts in the reader's language; the module itself knows only the stop words of French and English.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from app.domain.text import fold

QUERY_CHARACTERS = 200
# Weight of a term by the part of the text in which it occurs.
QUESTION, WORDS, ANSWER = 6, 4, 1
# Results below this part of the best score are left out.
KEPT_PART = 0.3
_PREFIX_LENGTH = 4  # from so many letters on, the beginning of a word matches it
_MISTAKE_LENGTH = 5  # from so many letters on, a mistake is corrected
_SIMILARITY = 0.84  # of difflib, for a corrected word

# Of scripts whose vowels are signs after a letter (Bengali, Hindi, Tamil…): for Python they are no part of a word.
_VOWELS = "".join(
    sign for sign in map(chr, range(0x0900, 0x0E00)) if unicodedata.category(sign) in ("Mc", "Mn")
)
_LETTERS = rf"(?:[^\W_]|[{_VOWELS}])+"
_WORD = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*")
# Letters that keyboards of the same language write in two ways, and signs inside a word that many leave out.
_SPELLINGS = str.maketrans("يىكة", "ییکه", "\u0640\u200c\u200d")
_APOSTROPHE = re.compile("(?<=[\u0400-\u04ff])['’ʼ](?=[\u0400-\u04ff])")
# The ends of words that Slavic languages decline.
_CASES = re.compile("(?<=[\u0400-\u04ff]{4})[аеєиіїйоуыьэюя]{1,2}$")
# What Arabic writes in one word with a noun: the article, and the small words before it.
_ARTICLE = re.compile("^(?:[وفبک]?ال|لل)(?=..)")
# Scripts that write no space between words: Thai, Lao, Khmer, Burmese, Japanese, Chinese.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
_STOP_WORDS = frozenset(
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
    """Return a folded word without article, plural, feminine or mute ending: `fiscaux`, `fiscale` → `fiscal`."""
    word = _CASES.sub("", _ARTICLE.sub("", word))
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return word[:-3] + "al"
    if len(word) > 3:
        word = word.rstrip("sx").rstrip("e")
        if word.endswith("y"):
            word = word[:-1] + "i"  # copy, copies
    return word


def terms(text: str) -> list[str]:
    """Return the stems of a text without stop words; `e-photo` gives `photo` and `ephoto`.

    Where a script writes no spaces, each two letters in a row are a term: `居留证` gives `居留` and `留证`.
    """
    folded = _APOSTROPHE.sub("", fold(text).translate(_SPELLINGS))
    stems = [pair for run in _UNSPACED.findall(folded) for pair in _pairs(run)]
    for word in _WORD.findall(_UNSPACED.sub(" ", folded)):
        parts = word.split("-")
        forms = parts if len(parts) == 1 else [*parts, "".join(parts)]
        stems += [stem(form) for form in forms if len(form) > 1 and form not in _STOP_WORDS]
    return stems


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(max(1, len(run) - 1))]


@dataclass(frozen=True)
class Text:
    """The searched parts of an answer, in one language."""

    key: str
    question: str
    words: str
    answer: str


class Index:
    """The search index of the answers in one language."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.weights: dict[str, Counter[str]] = {text.key: _weights(text) for text in texts}
        self._lengths = {text.key: len(terms(text.question)) for text in texts}

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """Inverse document frequency by term, near 0 for one that occurs in every answer."""
        spread = Counter(term for weights in self.weights.values() for term in weights)
        return {term: math.log(1 + len(self.weights) / count) for term, count in spread.items()}

    def search(self, query: str) -> list[str]:
        """Return the keys of the matching answers, the most relevant first."""
        matches = [self._matches(term) for term in dict.fromkeys(terms(query[:QUERY_CHARACTERS]))]
        scores = {key: self._score(matches, weights) for key, weights in self.weights.items()}
        best = max(scores.values(), default=0.0)
        relevant = [key for key, score in scores.items() if score > 0 and score >= best * KEPT_PART]
        # Of two equal scores, the question with fewer other words comes first.
        return sorted(relevant, key=lambda key: (-scores[key], self._lengths[key]))

    def _score(self, matches: Iterable[dict[str, float]], weights: Counter[str]) -> float:
        """Return the score of an answer: the sum over the typed words, times the number of them that it contains."""
        points = [
            max((weights[term] * part * self._rarity[term] for term, part in forms.items()), default=0.0)
            for forms in matches
        ]
        return sum(points) * sum(1 for point in points if point)

    def _matches(self, term: str) -> dict[str, float]:
        """Return the indexed terms that a typed term matches: 1 exactly, 0.6 as a prefix, 0.5 with a mistake."""
        longer = self._rarity if len(term) >= _PREFIX_LENGTH else ()
        forms = {indexed: 0.6 for indexed in longer if indexed.startswith(term)}
        if term in self._rarity:
            forms[term] = 1.0
        if not forms and len(term) >= _MISTAKE_LENGTH:
            forms = dict.fromkeys(get_close_matches(term, self._rarity, 2, _SIMILARITY), 0.5)
        return forms


def _weights(text: Text) -> Counter[str]:
    weights: Counter[str] = Counter()
    for part, weight in ((text.answer, ANSWER), (text.words, WORDS), (text.question, QUESTION)):
        for term in set(terms(part)):
            weights[term] += weight
    return weights
