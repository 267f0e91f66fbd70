"""The printed papers of a dossier, and the whole of it as one file; each opening is in the readers' log."""

from flask import abort
from werkzeug.wrappers import Response

from app.blueprints.instruction import timeline_text
from app.domain.dossiers.decisions import OUTCOME_TITLES
from app.domain.dossiers.states import STATE_TITLES
from app.domain.rules.rights import AttestationKind
from app.presenters.answers import format_answer
from app.presenters.notice_words import CERTIFICATES
from app.services.review import access_log, archive, papers
from app.services.review.dossier_view import DossierView
from app.services.review.papers import Paper, UnknownPaper
from app.web.current import agent, gateways, now
from app.web.http import downloads
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import address


def paper(reference: str, key: str) -> Response:
    """Send a printed paper, or go back to the dossier until it is printed."""
    try:
        found = access_log.open_paper(agent(), reference, key, now())
    except UnknownPaper:
        abort(404)
    meanwhile = address("instruction.dossier", reference=reference, _anchor="papiers")
    return downloads.printed(lambda: found.read(gateways().files), found.name, meanwhile)


def paper_title(paper: Paper) -> str:
    """Return the title of a paper in the page's language."""
    if isinstance(paper.kind, AttestationKind):
        return f"{_(CERTIFICATES[paper.kind])}, {paper.key.rpartition('-')[2]}"
    if paper.kind:
        return _("Lettre : %(title)s", title=_(OUTCOME_TITLES[paper.kind]))
    return _("La demande, telle que déposée")


def whole(reference: str) -> Response:
    """Send the dossier as a ZIP: application, documents, letters, certificates, answers and history as text."""
    view = access_log.take_away(agent(), reference, now())
    found = archive.members(view, papers.of_dossier(view.dossier))
    texts = {_("historique.txt"): _history(view), _("reponses.txt"): _answers(view)}
    parts = archive.stream(found, texts, _("absents.txt"), gateways().files, now())
    return downloads.streamed(parts, f"dossier-{reference}.zip", "application/zip")


def _history(view: DossierView) -> str:
    history = timeline_text.history(view.events, view.dossier.account.language)
    lines = ["  ".join((line.when, line.sentence, *map(formats.plain, line.reason))) for line in history]
    return _text([*_head(view), *lines])


def _answers(view: DossierView) -> str:
    rows = [row for _step, of_step in view.journey.rows(view.dossier.sealed) for row in of_step]
    lines = [
        _("%(question)s : %(answer)s", question=_(question.title), answer=text)
        for question, value in rows
        if (text := format_answer(question, value, language()))
    ]
    return _text([*_head(view), *lines])


def _head(view: DossierView) -> list[str]:
    person = formats.FILTERS["person"](view.dossier.identity, language=language())
    state = _(STATE_TITLES[view.state])
    made = _("Copie du %(at)s", at=formats.moment(now(), language()))
    return [f"{view.dossier.reference}  {person}", f"{_(view.journey.title)}, {state}", made, ""]


def _text(lines: list[str]) -> str:
    return "\ufeff" + "\r\n".join(lines) + "\r\n"
