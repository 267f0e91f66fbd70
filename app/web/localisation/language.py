"""The language of a page, read from its address: /fr/…, /en/…. Stored data never depends on it."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel.support import NullTranslations
from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.globals import app_ctx
from flask_babel import Babel
from werkzeug.routing import BaseConverter, IntegerConverter, Map
from werkzeug.wrappers import Response

from app.languages import SOURCE
from app.web.localisation.catalogues import catalogue
from app.web.localisation.named import named

DEFAULT = SOURCE


def language() -> str:
    """Return the code of the language of the current page."""
    return getattr(g, "language", DEFAULT)


def preferred() -> str:
    """Return the offered language that the browser asks for first, of any country; French otherwise.

    Werkzeug's `best_match` answers English to `fr-BE, en`: it compares tags as they are written.
    """
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in asked if code in current_app.config["LANGUAGES"]), DEFAULT)


def same_page_in(code: str) -> str:
    """Return the address of the current page in another language; the home page if it has no language."""
    return f"/{code}/{within_language()}"


def within_language() -> str:
    """Return the address of the current page after its language, with what it asks for; "" if it has no language."""
    return _within(request.full_path, current_app.config["LANGUAGES"])


def in_present_language(address: str) -> str:
    """Return an address of this site in the language of the current page."""
    first, _slash, rest = address.lstrip("/").partition("/")
    return f"/{language()}/{rest}" if first in current_app.config["LANGUAGES"] else address


@lru_cache(maxsize=1024)
def _within(address: str, languages: tuple[str, ...]) -> str:
    """Return the part of an address after its language, quoted for a link."""
    present, _slash, rest = address.lstrip("/").partition("/")
    if present not in languages:
        return ""
    return quote(rest.rstrip("?"), safe="/?&=%:@!$'()*+,;~")


def sentences(code: str) -> NullTranslations:
    """Return the catalogue of a language; its sentences say their keys where the request asks for it."""
    known = catalogue(current_app.extensions["settings"].translations_dir, code)
    return named(known) if naming() else known


def naming() -> bool:
    """Return whether sentences of this request say their keys: in a demonstration, where its page turned it on."""
    return bool(g.get("naming"))


def translations() -> NullTranslations:
    """Return the catalogue of the current page's language, as templates read it; French outside of a page."""
    try:
        context = app_ctx.g, app_ctx.app
    except RuntimeError:
        return catalogue("", SOURCE)
    page, app = context
    known = catalogue(app.extensions["settings"].translations_dir, getattr(page, "language", DEFAULT))
    return named(known) if page.get("naming") else known


def gettext(message: str, **values: Any) -> str:
    """Return a sentence in the language of the page: Flask-Babel's way there goes through six times as many calls."""
    text = translations().gettext(message)
    return text % values if values else text


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """Return the form of a sentence for a number, in the language of the page."""
    return translations().ngettext(singular, plural, num) % {"num": num, **values}


class CatalogueMissing(Exception):
    """A language has no compiled catalogue; its pages would silently be in French."""


def _require_text(values: dict[str, Any] | None) -> None:
    """Answer 404 to NUL characters in an address: PostgreSQL refuses them with an error."""
    if any("\x00" in str(value) for value in (values or {}).values()):
        abort(404)


class Number(IntegerConverter):
    """The `int` converter, with 404 for numbers larger than an integer column, where the query would fail."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": 2**31 - 1, **options})


def install(app: Flask, languages: tuple[str, ...]) -> None:
    """Register the converters of addresses, the language of each request, and Flask-Babel.

    Raise CatalogueMissing for a language without a compiled catalogue.
    """
    for code in languages:
        path = Path(app.config["BABEL_TRANSLATION_DIRECTORIES"]) / code / "LC_MESSAGES" / "messages.mo"
        if code != DEFAULT and not path.exists():
            raise CatalogueMissing(f"{code}: run `python -m app.cli catalogues`")

    class LanguageConverter(BaseConverter):
        regex = "|".join(languages)

    app.url_map.converters |= {"lang": LanguageConverter, "int": Number}
    app.config["LANGUAGES"] = languages
    Babel(app, default_locale=DEFAULT, locale_selector=language)

    @app.url_value_preprocessor
    def pop_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
        _require_text(values)
        g.language = values.pop("lang", None) if values else None
        if not g.language:
            first = request.path.lstrip("/").partition("/")[0]
            g.language = first if first in languages else preferred()

    @app.url_defaults
    def add_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = language()

    @app.get("/")
    def root() -> Response:
        return redirect(url_for("accueil.home", lang=preferred()), 302)
