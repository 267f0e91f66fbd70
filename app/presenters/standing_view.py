"""Where a dossier stands, as pages tell it: the sentences of `domain.dossiers.standing_words` with their days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.domain.dossiers import standing_words as words
from app.domain.dossiers.standing import Follows, Standing, Todo
from app.domain.rules.calendar import bounded
from app.domain.rules.parameters import UNCOVERED_SIGHT_DAYS
from app.presenters.law_words import spans
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


@dataclass(frozen=True)
class StandingView:
    """The sentences of a standing in the page's language; empty where there is nothing to tell."""

    stand: Standing
    held: str
    follows: str
    silence: tuple[str, ...]
    write: str  # why and how to write to the service
    idle: str  # that there is nothing to do

    @property
    def asks_reasons(self) -> bool:
        """Whether silence has become a refusal whose reasons can be asked for."""
        return Todo.ASK_REASONS in self.stand.todo


def standing_view(stand: Standing) -> StandingView:
    """Return the sentences of a standing."""
    days = _written(stand, formats.day)
    return StandingView(
        stand,
        _told(words.HELD[stand.held], days),
        _told(words.FOLLOWS[stand.follows], days),
        tuple(_told(sentence, days) for sentence in words.silence(stand)),
        _(words.WRITE) if Todo.WRITE in stand.todo else "",
        "" if stand.todo else _(words.NOTHING_TO_DO),
    )


@dataclass(frozen=True)
class DeskView:
    """A standing in the few words of the desk; `ends` is the last day of rights, `endless` stands in its place."""

    stand: Standing
    ends: date | None
    endless: str
    follows: str
    missing: bool  # whether nothing issued or sure follows

    @property
    def late(self) -> bool:
        """Whether rights have ended or end within the week."""
        return self.stand.days_left is not None and self.stand.days_left <= UNCOVERED_SIGHT_DAYS


def desk_view(stand: Standing) -> DeskView:
    """Return a standing as the desk tells it."""
    ends = bounded(stand.facts.rights_end) if stand.held not in words.DESK_ENDLESS else None
    return DeskView(
        stand,
        stand.held_until or ends,
        _(words.DESK_ENDLESS[stand.held]) if stand.held in words.DESK_ENDLESS else "",
        _told(words.DESK[stand.follows], _written(stand, formats.short_day)),
        stand.follows not in (Follows.AUTOMATIC, Follows.CARD, Follows.NOTHING),
    )


def _written(stand: Standing, write: Callable[[date, str], str]) -> dict[str, str]:
    present = language()
    days = {name: write(day, present) for name, day in words.days(stand).items()}
    return days | spans(stand.today, present)


def _told(sentence: str, values: dict[str, str]) -> str:
    return _(sentence, **values) if sentence else ""
