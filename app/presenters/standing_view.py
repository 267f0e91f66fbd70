"""Where a dossier stands, as pages tell it: the sentences of `domain.dossiers.standing_words` with their days."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.domain.dossiers import standing_words as words
from app.domain.dossiers.standing import Standing, Todo
from app.web import formats
from app.web.language import language


@dataclass(frozen=True)
class StandingView:
    """The sentences of a standing in the page's language; empty where there is nothing to tell."""

    stand: Standing
    rights: tuple[str, ...]
    silence: tuple[str, ...]
    write: str  # why and how to write to the service
    idle: str  # that there is nothing to do

    @property
    def asks_reasons(self) -> bool:
        """Whether silence has become a refusal whose reasons can be asked for."""
        return Todo.ASK_REASONS in self.stand.todo


def standing_view(stand: Standing) -> StandingView:
    """Return the sentences of a standing."""
    return StandingView(
        stand,
        _told(stand, words.rights(stand)),
        _told(stand, words.silence(stand)),
        _(words.WRITE) if Todo.WRITE in stand.todo else "",
        "" if stand.todo else _(words.NOTHING_TO_DO),
    )


def desk_extension(stand: Standing) -> str:
    """Return what follows the end of rights in the words of the desk, "" if nothing can."""
    return "".join(_told(stand, filter(None, (words.DESK[stand.follows],))))


def _told(stand: Standing, sentences: Iterable[str]) -> tuple[str, ...]:
    days = {name: formats.day(day, language()) for name, day in words.days(stand).items()}
    return tuple(_(sentence, **days) for sentence in sentences)
