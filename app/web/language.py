"""The language of a page is in its address: /fr/…, /en/…. It is a property of the view, never of the data."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_babel import Babel
from werkzeug.routing import BaseConverter, IntegerConverter, Map
from werkzeug.wrappers import Response

DEFAULT = "fr"


def language() -> str:
    """The language of the page being made."""
    return getattr(g, "language", DEFAULT)


def preferred() -> str:
    """The shipped language that the browser asks for first, in whatever country it is spoken; French otherwise.

    Werkzeug's `best_match` would take the English of `fr-BE, en` for the better one: it is written as we write it.
    """
    asked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((code for code in asked if code in current_app.config["LANGUAGES"]), DEFAULT)


def same_page_in(code: str) -> str:
    """The address of the present page in another language, with its query; home for a page of no language."""
    return f"/{code}/{_within(request.full_path, tuple(current_app.config['LANGUAGES']))}"


@lru_cache(maxsize=1024)
def _within(address: str, languages: tuple[str, ...]) -> str:
    """What follows the language in an address, as a link may hold it."""
    present, _slash, rest = address.lstrip("/").partition("/")
    if present not in languages:
        return ""
    return quote(rest.rstrip("?"), safe="/?&=%:@!$'()*+,;~")


class CatalogueMissing(Exception):
    """A shipped language has no compiled catalogue: its pages would silently be French."""


def _require_text(values: dict[str, Any] | None) -> None:
    """No row has a key with a NUL, and PostgreSQL fails on the question: nothing is found."""
    if any("\x00" in str(value) for value in (values or {}).values()):
        abort(404)


class Number(IntegerConverter):
    """A number of an address: one that no column can hold finds nothing, instead of failing in the database."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:
        super().__init__(map, *args, **{"max": 2**31 - 1, **options})


def install(app: Flask, languages: tuple[str, ...]) -> None:
    """Give addresses their language and their numbers, and Flask-Babel its locale."""
    for code in languages:
        path = Path(app.config["BABEL_TRANSLATION_DIRECTORIES"]) / code / "LC_MESSAGES" / "messages.mo"
        if code != DEFAULT and not path.exists():
            raise CatalogueMissing(f"{code}: run `pybabel compile -d translations`")

    class LanguageConverter(BaseConverter):
        regex = "|".join(languages)

    app.url_map.converters |= {"lang": LanguageConverter, "int": Number}
    app.config["LANGUAGES"] = languages
    Babel(app, default_locale=DEFAULT, locale_selector=language)

    @app.url_value_preprocessor
    def take(endpoint: str | None, values: dict[str, Any] | None) -> None:
        _require_text(values)
        g.language = values.pop("lang", None) if values else None
        if not g.language:
            first = request.path.lstrip("/").partition("/")[0]
            g.language = first if first in languages else preferred()

    @app.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = language()

    @app.get("/")
    def root() -> Response:
        return redirect(url_for("accueil.home", lang=preferred()), 302)
