"""Pages from templates: one Jinja environment a language, constant sentences translated when it compiles.

A sentence written in a template costs nothing at run time; measurements are in docs/adr/0004-rendering.md.
"""

from functools import partial
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from markupsafe import Markup

from app.services import sessions
from app.web import assets, formats
from app.web.language import language, same_page_in

TEMPLATES = Path(__file__).parent.parent / "templates"
# Seconds on a page with a form before it says that the session is about to end.
WARN_AFTER = int((sessions.IDLE - sessions.WARNING).total_seconds())
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}


class TranslatedEnvironment(Environment):
    """Templates of one language: `_("…")` of a constant becomes text of the compiled template."""

    def __init__(self, translations: NullTranslations, **options: Any) -> None:
        super().__init__(**options)
        self.translations = translations

    def _generate(self, source: nodes.Template, *rest: Any, **options: Any) -> str:
        _fold(source, self.translations)
        return super()._generate(source, *rest, **options)


def _fold(node: nodes.Node, translations: NullTranslations) -> None:
    """Replace each call of `_` with one constant by its translation, marked safe as templates are ours."""
    for name, value in list(node.iter_fields()):
        if isinstance(value, list):
            setattr(node, name, [_folded(item, translations) for item in value])
        elif isinstance(value, nodes.Node):
            setattr(node, name, _folded(value, translations))


def _folded(node: Any, translations: NullTranslations) -> Any:
    if not isinstance(node, nodes.Node):
        return node
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "_":
        plain = len(node.args) == 1 and isinstance(node.args[0], nodes.Const) and not node.kwargs
        if plain and not (node.dyn_args or node.dyn_kwargs):
            words = translations.ugettext(node.args[0].value)
            return nodes.Const(Markup(words), lineno=node.lineno)  # noqa: S704 – our own catalogue
    _fold(node, translations)
    return node


def _gettext(translations: NullTranslations, message: str, **values: Any) -> str:
    """A sentence with its values; values are escaped, the sentence is ours."""
    words = Markup(translations.ugettext(message)) if message else Markup()  # noqa: S704
    return words % values if values else words


def _ngettext(translations: NullTranslations, one: str, many: str, num: int, **values: Any) -> str:
    words = Markup(translations.ungettext(one, many, num))  # noqa: S704
    return words % {"num": num, **values}


def load_translations(directory: str, code: str) -> NullTranslations:
    """The catalogue of a language; French sentences are the msgids, so French has none."""
    return Translations.load(directory, [code]) if code != "fr" else NullTranslations()


def environment_of(app: Flask, code: str) -> Environment:
    """The environment of a language, made at its first use."""
    made: dict[str, Environment] = app.extensions["environments"]
    if code not in made:
        made[code] = _make(app, code)
    return made[code]


def _make(app: Flask, code: str) -> Environment:
    settings = app.extensions["settings"]
    translations = load_translations(settings.translations_dir, code)
    environment = TranslatedEnvironment(
        translations,
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=app.debug,
    )
    environment.filters.update({name: partial(_localized, one, code) for name, one in formats.FILTERS.items()})
    environment.globals.update(
        _=partial(_gettext, translations),
        ngettext=partial(_ngettext, translations),
        asset=partial(assets.address, settings.static_dir),
        settings=settings,
        url=url_for,
        csrf_token=generate_csrf,
        lang=code,
        languages=[(one, LANGUAGE_NAMES[one]) for one in settings.languages],
        same_page_in=same_page_in,
    )
    return environment


def _localized(one: Any, code: str, value: Any) -> str:
    return str(one(value, code))


def render(code: str, template: str, /, **context: Any) -> str:
    """A template in a language, inside an application context, for pages and for letters alike."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return environment_of(app, code).get_template(template).render(context)


def page(template: str, status: int = 200, /, **context: Any) -> Response:
    """A page, or a fragment of one, in the language of its address."""
    context.setdefault("person", signed_in())
    context.setdefault("switch_form", "")
    context["failing"] = status in (409, 422, 429)
    context["session_warning"] = WARN_AFTER if context["switch_form"] else 0
    return Response(render(language(), template, **context), status, mimetype="text/html")


def signed_in() -> Any:
    """The applicant or agent behind the request, None for a visitor; no query without a cookie."""
    if request.endpoint is None or "guichet" not in request.cookies:
        return None
    return getattr(current_user, "account", None) or getattr(current_user, "agent", None)


def install(app: Flask) -> None:
    """Keep one environment a language with the application."""
    app.extensions["environments"] = {}
