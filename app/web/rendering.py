"""Pages from templates: one Jinja environment a language, with what never changes done at compile time.

A sentence or a file name written in a template costs nothing at run time, an address is built once, a list of
200 countries is drawn once a language. Measurements are in docs/adr/0004-rendering.md.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup

from app.services.access import sessions
from app.settings import Settings
from app.web import assets, fields, formats
from app.web.audiences import first_page
from app.web.jinja_folding import SENTENCE, FoldingEnvironment
from app.web.language import language, same_page_in

TEMPLATES = Path(__file__).parent.parent / "templates"
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
# Seconds on a page with a form before it says that the session is about to end.
WARN_AFTER = int((sessions.IDLE - sessions.WARNING).total_seconds())
# Answers to a form that was not accepted: their title begins with « Erreur ».
FAILING = frozenset({409, 422, 429})

# Components in the order in which they build on one another.
COMPONENTS = ("parts", "fields", "documents", "charts")


def load_translations(directory: str, code: str) -> NullTranslations:
    """The catalogue of a language; French sentences are the msgids, so French has none."""
    return Translations.load(directory, [code]) if code != "fr" else NullTranslations()


def _sentence(translations: NullTranslations, message: str, **values: Any) -> str:
    """A sentence known at run time only, such as a title of the domain. It is text: templates escape it."""
    words = translations.gettext(message) if message else ""
    return words % values if values else words


def _plural(translations: NullTranslations, one: str, many: str, num: int, **values: Any) -> str:
    return translations.ngettext(one, many, num) % {"num": num, **values}


def _addresses(code: str) -> Callable[..., str]:
    """Builds each address once: `url("suivi.dossier", reference="…")`, in the language of the page."""

    @lru_cache(maxsize=4096)
    def url(endpoint: str, /, **values: Any) -> str:
        if "_external" in values:
            raise ValueError("An address kept in memory cannot depend on the Host header of one request.")
        if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values.setdefault("lang", code)
        return url_for(endpoint, **values)

    return url


@lru_cache(maxsize=512)
def _option_list(options: tuple[tuple[str, str, str], ...]) -> Markup:
    one = Markup('<option value="{}">{}</option>')
    return Markup("\n").join(one.format(value, label) for value, label, _hint in options)


def option_list(options: Sequence[tuple[str, str, str]], chosen: str) -> Markup:
    """The options of a list, drawn once, with the chosen one marked."""
    return _option_list(tuple(options)).replace(
        Markup('value="{}">').format(chosen), Markup('value="{}" selected>').format(chosen)
    )


def environment_of(code: str) -> Environment:
    """The environment of a language, made at its first use and kept with the application."""
    made: dict[str, Environment] = current_app.extensions["environments"]
    if code not in made:
        made[code] = _make(current_app.extensions["settings"], code, current_app.debug)
    return made[code]


def _make(settings: Settings, code: str, debug: bool) -> Environment:
    translations = load_translations(settings.translations_dir, code)
    asset = partial(assets.address, settings.static_dir)
    address = _addresses(code)
    environment = FoldingEnvironment(
        {SENTENCE: translations.gettext, "asset": asset, "url": address},
        loader=FileSystemLoader(TEMPLATES),
        autoescape=lambda name: not (name or "").endswith(".txt"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=debug,
    )
    environment.filters.update(
        {name: partial(write, language=code) for name, write in formats.FILTERS.items()}
    )
    environment.globals.update(
        _=partial(_sentence, translations),
        ngettext=partial(_plural, translations),
        asset=asset,
        settings=settings,
        url=address,
        lang=code,
        languages=[(one, LANGUAGE_NAMES[one]) for one in settings.languages],
        same_page_in=same_page_in,
        first_page=first_page,
        option_list=option_list,
        favicon=assets.favicon(settings),
    )
    _add_components(environment)
    return environment


def _add_components(environment: FoldingEnvironment) -> None:
    """Every macro of templates/macros by its name: a component is written once and at hand everywhere."""
    known: dict[str, Any] = environment.globals
    known["field"] = fields.cached_renderer(
        lambda view: known["draw"](view)
    )  # its macro comes with the others
    for name in COMPONENTS:
        module: Any = environment.get_template(f"macros/{name}.html").module
        known.update({key: part for key, part in vars(module).items() if isinstance(part, Macro)})
        environment.folds["icon"] = known["icon"]


def form_token() -> str:
    """The token of a form; a session's is signed once, and good for as long as the session."""
    raw = session.get("csrf_token")
    return _signed(raw) if raw else generate_csrf()


@lru_cache(maxsize=4096)
def _signed(raw: str) -> str:
    return generate_csrf()


def address(endpoint: str, /, **values: Any) -> str:
    """Where a page is, in the language of the present one: built once, as templates have it."""
    known: dict[str, Any] = environment_of(language()).globals
    built: str = known["url"](endpoint, **values)
    return built


def render(code: str, template: str, /, **context: Any) -> str:
    """A template in a language, inside an application context, for pages and for letters alike."""
    return environment_of(code).get_template(template).render(context)


def render_page(template: str, status: int = 200, /, **context: Any) -> Response:
    """A page, or a fragment of one, in the language of its address."""
    # The page of a failure of ours asks the database nothing: it may be what fails.
    context.setdefault("person", signed_in() if status < 500 else None)
    context.setdefault("switch_form", "")
    context["csrf_token"] = form_token
    context["failing"] = status in FAILING
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
