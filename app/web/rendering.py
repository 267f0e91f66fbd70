"""Pages from templates: one Jinja environment a language, with what never changes done at compile time.

A sentence or a file name written in a template costs nothing at run time, an address is built once, a list of
200 countries is drawn once a language. Measurements are in docs/adr/0004-rendering.md.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, Response, current_app, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.runtime import Macro
from markupsafe import Markup

from app.services.access import sessions
from app.settings import Settings
from app.web import assets, fields, formats
from app.web.audiences import first_page
from app.web.language import language, same_page_in

TEMPLATES = Path(__file__).parent.parent / "templates"
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
# Seconds on a page with a form before it says that the session is about to end.
WARN_AFTER = int((sessions.IDLE - sessions.WARNING).total_seconds())
# Answers to a form that was not accepted: their title begins with « Erreur ».
FAILING = frozenset({409, 422, 429})

Fold = Callable[..., str]
SENTENCE = "_"
# Components in the order in which they build on one another.
COMPONENTS = ("parts", "fields", "documents", "charts")


class FoldingEnvironment(Environment):
    """Templates in which a call of a folded function with constants only is replaced by what it returns."""

    def __init__(self, folds: dict[str, Fold], **options: Any) -> None:
        super().__init__(**options)
        self.folds = folds

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The one dictionary of globals, where no template has its own: a chain of two is slow to copy."""
        return super().make_globals(d) if d else self.globals

    def _generate(self, source: nodes.Template, *rest: Any, **options: Any) -> str:
        return super()._generate(self._folded(source), *rest, **options)

    def _folded(self, node: Any) -> Any:
        """The same tree, its constant calls replaced, its parts included where they stand."""
        for name, value in node.iter_fields():
            if isinstance(value, nodes.Node):
                setattr(node, name, self._folded(value))
            elif isinstance(value, list):
                setattr(node, name, [self._folded(v) if isinstance(v, nodes.Node) else v for v in value])
        if isinstance(node, nodes.Include) and isinstance(node.template, nodes.Const):
            return nodes.Scope(self._folded(self._part(node.template.value)).body, lineno=node.lineno)
        return _called(node, self.folds)

    def _part(self, name: str) -> nodes.Template:
        loader: Any = self.loader
        source, path, _uptodate = loader.get_source(self, name)
        return self._parse(source, name, path)


def _called(node: Any, folds: Mapping[str, Fold]) -> Any:
    """What a call of constants returns; of a sentence with values only `%` is left for run time."""
    fold = _fold_of(node, folds)
    if fold is None:
        return node
    words = nodes.Const(fold(*(one.value for one in node.args)), lineno=node.lineno)
    if not node.kwargs:
        return words
    values = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
    return nodes.Mod(words, nodes.Dict(values, lineno=node.lineno), lineno=node.lineno)


def _fold_of(node: Any, folds: Mapping[str, Fold]) -> Fold | None:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    name = node.node.name
    plain = all(isinstance(one, nodes.Const) for one in node.args) and (name == SENTENCE or not node.kwargs)
    return folds.get(name) if plain and node.args and not (node.dyn_args or node.dyn_kwargs) else None


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
