"""What the proxy says by itself, while the service does not answer or before it is asked: a page in each language.

Plain files that need nothing else: no style sheet, no script, no service. `deploy/nginx.conf` chooses the language by the
address that was asked for.
"""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.domain.texts.failures import CALL, FAILURES
from app.languages import SOURCE, language_of
from app.settings import Settings
from app.web.localisation import formats

FOLDER = "proxy-pages"  # beside the folder of static files
# The status that nginx answers with, and that of the words.
STATUSES = {413: 413, 429: 429, 502: 503, 503: 503, 504: 503}
_TEMPLATES = Path(__file__).parents[2] / "templates"


def folder(settings: Settings) -> Path:
    """Return the folder of the pages, which the proxy has to be told."""
    return Path(settings.static_dir).with_name(FOLDER)


def build(settings: Settings) -> None:
    """Write each page in each language that is offered."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    template = environment.get_template("errors/proxy.html")
    phone = formats.telephone(settings.contact_phone)
    for code in settings.languages:
        words = _words(Path(settings.translations_dir), code)
        target = folder(settings) / code
        target.mkdir(parents=True, exist_ok=True)
        for status, told in STATUSES.items():
            heading, sentence = FAILURES[told]
            page = template.render(
                language=language_of(code),
                status=status,
                heading=words.get(heading, heading),
                sentence=words.get(sentence, sentence),
                call=words.get(CALL, CALL) if told >= 500 else "",
                phone=phone,
            )
            (target / f"{status}.html").write_text(page, encoding="utf-8")


def _words(translations: Path, code: str) -> Mapping[str, str]:
    """Return the translations of a language; none for the source, whose sentences are those of the code."""
    if code == SOURCE:
        return {}
    with (translations / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.string}
