"""Pages from templates: one Jinja environment for each language, constant calls evaluated when compiling.

A sentence or a file name in a template costs nothing at run time, an address is built once, and a list of
200 countries is rendered once for each language. docs/adr/0004-rendering.md has the measurements.
"""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from babel.support import NullTranslations
from flask import Flask, Response, current_app, g, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro
from markupsafe import Markup, escape

from app.domain.public_forms.account import OWN
from app.domain.text import C_
from app.languages import SOURCE, language_of
from app.services import uploads
from app.services.access import sessions
from app.settings import Settings
from app.web.access.audiences import first_page
from app.web.access.letter_links import OPENED
from app.web.access.sign_in import DEVICE, on_shared_device
from app.web.current import now
from app.web.http import htmx
from app.web.localisation import formats
from app.web.localisation.catalogues import marked_page, plain
from app.web.localisation.direction import ordered
from app.web.localisation.language import language, naming, sentences, within_language
from app.web.pages import abbreviations, assets
from app.web.pages.abbreviations import StandFor
from app.web.pages.jinja_folding import SENTENCE, FoldingEnvironment
from app.web.posted import fields

TEMPLATES = Path(__file__).parents[2] / "templates"
# Statuses of a refused form: the title of the page begins with « Erreur ».
FAILING = frozenset({409, 422, 429})

# Modules of templates/macros, each after those that it uses.
COMPONENTS = ("parts", "layout", "drawings", "fields", "documents", "photo", "charts")
# Those that are drawn once for each page that they stand on: what they show follows from their arguments.
_KEPT = frozenset({"language_menu", "steps"})


def _sentence(translations: NullTranslations, message: str, **values: Any) -> str:
    """Translate a sentence known only at run time, such as a title of the domain; templates escape it.

    With a value that has markup of its own, such as words somebody wrote, all the rest is escaped here.
    """
    text = translations.gettext(message) if message else ""
    if any(isinstance(value, Markup) for value in values.values()):
        return escape(text) % values
    return text % values if values else text


def _plural(translations: NullTranslations, singular: str, plural: str, num: int, **values: Any) -> str:
    return translations.ngettext(singular, plural, num) % {"num": num, **values}


def _of_context(translations: NullTranslations, context: str, message: str) -> str:
    return translations.gettext(C_(context, message))


def _addresses(code: str) -> Callable[..., str]:
    """Return a caching url_for in a language: `url("suivi.dossier", reference="…")`."""

    @lru_cache(maxsize=4096)
    def built(endpoint: str, /, **values: Any) -> str:
        if "_external" in values:
            raise ValueError("An address kept in memory cannot depend on the Host header of one request.")
        if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values.setdefault("lang", code)
        return url_for(endpoint, **values)

    def url(endpoint: str, /, **values: Any) -> str:
        if "reference" in values:
            reference, carried = g.get("carried", ("", {}))
            if values["reference"] == reference:
                values = carried | values
        return built(endpoint, **values)

    return url


def carry(reference: str, values: dict[str, str]) -> None:
    """Add values to the query of every address about a dossier that this page builds."""
    g.carried = (reference, values)


@lru_cache(maxsize=512)
def _option_list(options: tuple[tuple[str, str, str], ...]) -> Markup:
    option = Markup('<option value="{}">{}</option>')
    return Markup("\n").join(option.format(value, label) for value, label, _hint in options)


def option_list(options: Sequence[tuple[str, str, str]], chosen: str) -> Markup:
    """Return the <option> elements of (value, label, hint) triples, the chosen one selected; cached."""
    return _option_list(tuple(options)).replace(
        Markup('value="{}">').format(chosen), Markup('value="{}" selected>').format(chosen)
    )


def environment_of(code: str) -> Environment:
    """Return the environment of a language, made at its first use and cached in the application.

    Another one where sentences say their keys.
    """
    made: dict[tuple[str, bool], Environment] = current_app.extensions["environments"]
    key = code, naming()
    if key not in made:
        made[key] = _make(current_app.extensions["settings"], code, current_app.debug)
    return made[key]


def _constants(settings: Settings, code: str) -> dict[str, Any]:
    """Return what pages of a language name that never changes: its value stands in the compiled templates."""
    return {
        "settings": settings,
        "page_language": language_of(code),
        "lang": code,
        "favicon": assets.favicon(settings),
    }


def _functions(
    translations: NullTranslations, of_context: Callable[..., str], address: Callable[..., str]
) -> dict[str, Callable[..., Any]]:
    """Return what templates call, beside their components."""
    return {
        SENTENCE: partial(_sentence, translations),
        "ngettext": partial(_plural, translations),
        "pgettext": of_context,
        "url": address,
        "first_page": first_page,
        "option_list": option_list,
    }


def _make(settings: Settings, code: str, debug: bool) -> Environment:
    translations = sentences(code)
    of_context = partial(_of_context, translations)
    asset = partial(assets.address, settings.static_dir)
    address = _addresses(code)
    constants = _constants(settings, code)
    environment = FoldingEnvironment(
        {SENTENCE: translations.gettext, "pgettext": of_context, "asset": asset, "url": address},
        formats.MARKING,
        constants,
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
        constants,
        asset=asset,
        languages=[language_of(offered) for offered in settings.languages],
        source=SOURCE,
        unknown=formats.UNKNOWN,
        opened_link=OPENED,
        within_language=within_language,
    )
    environment.add_functions(_functions(translations, of_context, address))
    _add_components(environment)
    return environment


def _add_components(environment: FoldingEnvironment) -> None:
    """Add every macro of templates/macros to the globals, so templates need not import them."""
    known: dict[str, Any] = environment.globals
    # `draw` is a macro of COMPONENTS, loaded below.
    environment.add_functions({"field": fields.cached_renderer(lambda view: known["draw"](view))})
    for name in COMPONENTS:
        module: Any = environment.get_template(f"macros/{name}.html").module
        macros = {key: part for key, part in vars(module).items() if isinstance(part, Macro)}
        kept = {key: lru_cache(maxsize=1024)(macros[key]) for key in macros.keys() & _KEPT}
        environment.add_functions({**macros, **kept})
        environment.folds["icon"] = known["icon"]


def form_token() -> str:
    """Return the CSRF token of a form, signed anew in each answer: see web.compression."""
    if "form_token" not in g:
        g.form_token = generate_csrf()
    return str(g.form_token)


def address(endpoint: str, /, **values: Any) -> str:
    """Return the address of an endpoint in the current language, from the cache that templates use."""
    known: dict[str, Any] = environment_of(language()).globals
    built: str = known["url"](endpoint, **values)
    return built


def render(code: str, template: str, /, **context: Any) -> str:
    """Render a template in a language, for pages and letters; needs an application context."""
    return _drawn(environment_of(code), code, template, context)


def _drawn(environment: Environment, code: str, template: str, context: dict[str, Any]) -> str:
    text = environment.get_template(template).render(context)
    if language_of(code).direction == "rtl":
        text = ordered(text)
    return marked_page(text) if template.endswith(".html") else plain(text)


def render_page(template: str, status: int = 200, /, **context: Any) -> Response:
    """Return the response with a page, or a fragment of one, in the language of the request."""
    # The error page of a 5xx makes no query: the database may be what fails.
    if "person" not in context:
        context["person"] = signed_in() if status < 500 else None
    context.setdefault("switch_form", "")
    context["csrf_token"] = cache(form_token)
    context["failing"] = status in FAILING
    context["answers_form"] = request.method == "POST"
    context["drawn_at"] = now
    context["unfinished_uploads"] = partial(_unfinished_uploads, context["person"])
    context |= _of_session(context["person"])
    code = language()
    environment = environment_of(code)
    translate: Any = environment.globals["_"]
    page = abbreviations.explained(_drawn(environment, code, template, context), translate, _abbreviations)
    return htmx.fit(Response(page, status, mimetype="text/html"))


def _unfinished_uploads(person: Any) -> Sequence[Any]:
    """Return the files of an applicant that stopped on their way, for pages that take files."""
    return uploads.unfinished(person.id, now())


def _abbreviations(stand_for: StandFor) -> str:
    return render(language(), "_abbreviations.html", stand_for=stand_for)


def _of_session(person: Any) -> dict[str, Any]:
    """Return what the layout says to scripts of a signed-in person: when to warn, and where to keep what is typed."""
    if not person:
        return {}
    shared = on_shared_device()
    idle = sessions.IDLE_SHARED if shared else sessions.IDLE
    owner = f"{type(person).__name__} {person.id}"
    return {
        "session_warning": int((idle - sessions.WARNING).total_seconds()),
        "shared_device": shared,
        "own_device": session.get(DEVICE) == OWN,
        "device_stamp": sessions.digest(owner)[:12],  # whose it is, for a device that two people use
    }


def signed_in() -> Any:
    """Return the Account or Agent of the request, None for a visitor; no query without a cookie."""
    if request.endpoint is None or current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return None
    return getattr(current_user, "account", None) or getattr(current_user, "agent", None)


def install(app: Flask) -> None:
    """Create the application's dictionary of environments, by language."""
    app.extensions["environments"] = {}
