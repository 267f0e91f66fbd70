"""Check the signs of a translation: numbers, marks of direction, spaces before signs, length for its place, French left.

A sentence in which a difference is right (a number that a language writes as a word) carries the remark `# signs: right`.
"""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Message

from app.web.localisation.catalogues import PLACEHOLDER, forms
from tooling.catalogues.roles import BUTTON, SMS, SUBJECT

RIGHT = "signs: right"
SPACE, FRENCH = "has a space before", "is the French"
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_EMBEDDINGS, _END_OF_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
MONTHS = 12
_NUMBER = re.compile(r"\d+")
_SPACED = re.compile(r"[^\s][ \u00a0\u202f]+[:;!?،؛؟。，；：！？](?=\s|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
# How long a translation may be in its place: times the French, and what every such place has room for.
LONGEST = {BUTTON: (2.0, 32), SUBJECT: (1.8, 90), SMS: (1.35, 160)}
WORDS_OF_A_SENTENCE = 5  # fewer may be a name, alike in both languages


def faults(message: Message, kept: Message, of_source: bool = False) -> Iterator[tuple[str, str]]:
    """Yield each faulty form of a translation with what is wrong.

    `of_source`: it is French in plain words: with spaces before signs, and the same where the French is plain already.
    """
    if RIGHT in kept.user_comments or not all(forms(kept.string)):
        return
    for text in forms(kept.string):
        for wrong in of_text(forms(message.id), text, " ".join(message.auto_comments)):
            if not (of_source and wrong.startswith((SPACE, FRENCH))):
                yield text, wrong


def of_text(sources: tuple[str, ...], text: str, comment: str) -> Iterator[str]:
    """Yield what is wrong with the signs of a translation, whose comment says where it stands."""
    source, bare = sources[-1], PLACEHOLDER.sub("x", text)
    if len(sources) == 1 and numbers(source) != numbers(text):
        yield f"has other numbers than « {source} »"
    if unbalanced(text, _ISOLATES, _END_OF_ISOLATE) or unbalanced(text, _EMBEDDINGS, _END_OF_EMBEDDING):
        yield "opens or closes a mark of direction without its other one"
    if found := _SPACED.search(bare):
        yield f"{SPACE} « {found[0][-1]} »"
    if text == source and len(_WORD.findall(bare)) >= WORDS_OF_A_SENTENCE:
        yield FRENCH
    for place, (times, room) in LONGEST.items():
        if comment.startswith(f"{place} —") and len(bare) > max(
            times * len(PLACEHOLDER.sub("x", source)), room
        ):
            yield f"is too long for a {place}: {len(bare)} characters"


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a sentence that no language writes as a word, or as a month, and how often."""
    return Counter(found for found in _NUMBER.findall(PLACEHOLDER.sub("", text)) if int(found) > MONTHS)


def unbalanced(text: str, opening: str, closing: str) -> bool:
    """Return whether marks of direction open and do not close, or close what was not opened."""
    depth = 0
    for sign in text:
        depth += (sign in opening) - (sign == closing)
        if depth < 0:
            return True
    return depth != 0
