"""Search of a service's dossiers by prefixes of words (`domain.rules.search_words`, ADR 0016)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from peewee import SQL, Expression, NodeList, chunked, fn

from app.domain.rules.search_words import typed
from app.storage.models import Dossier, SearchWord

# Up to this many matches are read one by one. Beyond it they are so common that reading the queue in its own order
# soon fills a page. Both cost the same at about this number, for any table size: docs/adr/0016-search-and-counts.md.
FEW = 1000
_LAST = "\U0010ffff"  # sorts after every letter
_BATCH = 500


def index(dossier_id: int, service_id: int, words: Iterable[str]) -> None:
    """Replace the search words of a dossier. Call it inside a transaction."""
    SearchWord.delete().where(SearchWord.dossier == dossier_id).execute()
    for batch in chunked([(service_id, word, dossier_id) for word in sorted(words)], _BATCH):
        SearchWord.insert_many(batch, [SearchWord.service, SearchWord.word, SearchWord.dossier]).execute()


def move_to_service(dossier_id: int, service_id: int) -> None:
    """Move the search words of a dossier to another service, whose agents alone find it from then on."""
    SearchWord.update(service=service_id).where(SearchWord.dossier == dossier_id).execute()


@dataclass(frozen=True)
class Found:
    """The condition of dossiers of a service matching every word; `common` if a word matches thousands."""

    condition: Any
    common: bool = False


def found(service_id: int, text: str) -> Found:
    """Return the condition of a search; a blank text matches the whole service, one of only punctuation nothing."""
    words = typed(text)
    if not words:
        return Found(Dossier.id.is_null() if text.strip() else Dossier.service == service_id)
    few = _few(service_id, words)
    if few is None:
        matches = [fn.EXISTS(_having(Dossier.id, word)) for word in words]
        return Found(reduce(and_, matches, Dossier.service == service_id), common=True)
    # The unary plus keeps both engines from scanning the service's dossiers instead of looking up these ids.
    of_service = Expression(NodeList((SQL("+"), Dossier.service)), "=", service_id)
    return Found(of_service & Dossier.id.in_(SQL(f"({', '.join(map(str, sorted(few))) or 'NULL'})")))


def _few(service_id: int, words: Sequence[str]) -> set[int] | None:
    """Return the ids of dossiers that have all words, None if there are more than FEW."""
    often = {word: _how_many(service_id, word) for word in words}
    rarest, *others = sorted(words, key=lambda word: (often[word], -len(word)))
    if not others and often[rarest] > FEW:
        return None
    matching: Any = (
        SearchWord.select(SearchWord.dossier)
        .where((SearchWord.service == service_id) & _begins(rarest))
        .where(*(fn.EXISTS(_having(SearchWord.dossier, word)) for word in others))
        .limit(FEW + 1)
    )
    numbers = [number for (number,) in matching.tuples()]
    return set(numbers) if len(numbers) <= FEW else None


def _how_many(service_id: int, word: str) -> int:
    """Return how often a word begins a search word of the service, up to FEW + 1."""
    some = SearchWord.select(SearchWord.dossier).where((SearchWord.service == service_id) & _begins(word))
    return int(some.limit(FEW + 1).count())


def _begins(word: str, table: Any = SearchWord) -> Any:
    return table.word.between(word, word + _LAST)


def _having(dossier: Any, word: str) -> Any:
    other = SearchWord.alias()
    return other.select(SQL("1")).where((other.dossier == dossier) & _begins(word, other))
