"""The picture in the place of one that cannot be shown: what is wrong, in the language of the page around it."""

from textwrap import wrap

from flask import request
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.domain.text import N_
from app.domain.texts.failures import FAILURES
from app.web.localisation.language import gettext as _

_GONE = N_("Ce fichier ne s’ouvre plus")
_WIDTH, _LINE, _LETTERS = 480, 28, 40
_PICTURE = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    '<rect width="100%" height="100%" fill="#f3efe6"/>'
    '<g font-family="system-ui, sans-serif" font-size="{size}" text-anchor="middle" fill="#221f1a">{lines}</g></svg>'
)
_WORDS = Markup('<text x="50%" y="{}">{}</text>')


def wanted() -> bool:
    """Return whether the browser asks for what a page shows in itself: an error page would be a broken picture."""
    accepted = request.headers.get("Accept", "")
    return "image/" in accepted and "text/html" not in accepted


def drawn(status: int, gone: bool) -> Response:
    """Return the picture for a status, of a file that is `gone` or of one that may come later.

    In the small picture of a list there is room for a sign only.
    """
    if "preview" in request.args:
        picture = _drawn(["!"], width=48, first=46, size=40)
    else:
        words = _(_GONE if gone else FAILURES[503][0])
        picture = _drawn(wrap(words, _LETTERS), width=_WIDTH, first=3 * _LINE, size=20)
    return Response(picture, status, mimetype="image/svg+xml")


def _drawn(lines: list[str], width: int, first: int, size: int) -> Markup:
    shown = Markup().join(_WORDS.format(first + _LINE * place, line) for place, line in enumerate(lines))
    height = first + _LINE * (len(lines) - 1) + first // 2
    return _PICTURE.format(width=width, height=height, size=size, lines=shown)
