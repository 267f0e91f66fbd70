"""Queries that find the dossiers of a service by words (see `domain.rules.search_words`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from peewee import SQL, Expression, NodeList, chunked, fn

from app.domain.rules.search_words import typed
from app.storage.models import Dossier, SearchWord

# Up to so many dossiers are looked at one by one; more are so common that the queue's own order soon meets a page of
# them. Both ways cost the same around here, whatever the size of the table: docs/adr/0016-search-and-counts.md.
FEW = 1000
_LAST = "\U0010ffff"  # sorts after every letter
_BATCH = 500


def index(dossier_id: int, service_id: int, words: Iterable[str]) -> None:
    """Let a dossier be found by these words, and by no others, in a service. Call it inside a transaction."""
    SearchWord.delete().where(SearchWord.dossier == dossier_id).execute()
    for batch in chunked([(service_id, word, dossier_id) for word in sorted(words)], _BATCH):
        SearchWord.insert_many(batch, [SearchWord.service, SearchWord.word, SearchWord.dossier]).execute()


def hand_on(dossier_id: int, service_id: int) -> None:
    """Let the agents of another service find a dossier, and nobody else."""
    SearchWord.update(service=service_id).where(SearchWord.dossier == dossier_id).execute()


@dataclass(frozen=True)
class Found:
    """The condition of a dossier of a service of which each word typed begins some word, and whether many have them."""

    condition: Any
    common: bool = False


def found(service_id: int, text: str) -> Found:
    """Look for words; a text without any is the whole service, marks alone find nothing."""
    words = typed(text)
    if not words:
        return Found(Dossier.id.is_null() if text.strip() else Dossier.service == service_id)
    few = _few(service_id, words)
    if few is None:
        held = [fn.EXISTS(_holding(Dossier.id, word)) for word in words]
        return Found(reduce(and_, held, Dossier.service == service_id), common=True)
    # The plus keeps both engines from walking through the service instead of going to each dossier.
    of_service = Expression(NodeList((SQL("+"), Dossier.service)), "=", service_id)
    return Found(of_service & Dossier.id.in_(SQL(f"({', '.join(map(str, sorted(few))) or 'NULL'})")))


def _few(service_id: int, words: Sequence[str]) -> set[int] | None:
    """The dossiers that have all words, by their numbers; None when they are many."""
    often = {word: _how_many(service_id, word) for word in words}
    rarest, *others = sorted(words, key=lambda word: (often[word], -len(word)))
    if not others and often[rarest] > FEW:
        return None
    matching: Any = (
        SearchWord.select(SearchWord.dossier)
        .where((SearchWord.service == service_id) & _begins(rarest))
        .where(*(fn.EXISTS(_holding(SearchWord.dossier, one)) for one in others))
        .limit(FEW + 1)
    )
    numbers = [number for (number,) in matching.tuples()]
    return set(numbers) if len(numbers) <= FEW else None


def _how_many(service_id: int, word: str) -> int:
    """How often a word begins one of a service, up to a few more than FEW."""
    some = SearchWord.select(SearchWord.dossier).where((SearchWord.service == service_id) & _begins(word))
    return int(some.limit(FEW + 1).count())


def _begins(word: str, table: Any = SearchWord) -> Any:
    return table.word.between(word, word + _LAST)


def _holding(dossier: Any, word: str) -> Any:
    other = SearchWord.alias()
    return other.select(SQL("1")).where((other.dossier == dossier) & _begins(word, other))
