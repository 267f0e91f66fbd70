"""Titles of messages in lists: those of their kind, or of what their dossier makes of it."""

from typing import TYPE_CHECKING

from app.domain.texts.notices import NOTICE_TITLES, NoticeKind
from app.presenters.notice_words import DONE
from app.web.localisation.language import gettext as _
from app.web.localisation.language import ngettext

if TYPE_CHECKING:
    from app.storage.models import Notice


def notice_title(notice: "Notice") -> str:
    """Return the title of a message: how many documents are asked for, « done » where no card follows a decision."""
    kind = NoticeKind(notice.kind)
    if kind is NoticeKind.COMPLEMENT_ASKED:
        return ngettext(
            "%(num)s document vous est demandé",
            "%(num)s documents vous sont demandés",
            notice.facts["count"],
        )
    if kind is NoticeKind.APPROVED and notice.dossier and not notice.dossier.with_card:
        return _(DONE)
    return _(NOTICE_TITLES[kind])
