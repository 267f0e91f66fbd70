"""The sentences of the code, each with what a translator needs: what it is, where it is seen, what its values are.

References name the file alone: with line numbers, every change of a file would be a change of every catalogue.
"""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app.reference import terms
from app.web.localisation.catalogues import PLACEHOLDER, forms
from tooling.catalogues.roles import MEANING, roles
from tooling.parts import ROOT

TRANSLATIONS = ROOT / "translations"
PLACEHOLDERS = TRANSLATIONS / "placeholders.toml"
OF_TERMS = f"{TRANSLATIONS.name}/{terms.FILE}"
# Folders whose sentences are shown to agents alone.
OF_AGENTS = tuple(
    f"app/{folder}/"
    for folder in (
        *("blueprints/administration", "blueprints/agents", "blueprints/instruction", "domain/actions"),
        *("domain/agent_forms", "presenters/staff", "services/review", "services/staff"),
        *("templates/administration", "templates/agents", "templates/instruction", "templates/mail/staff"),
    )
)
# Beside gettext's own.
KEYWORDS = ("-k", "_l", "-k", "lazy_gettext", "-k", "lazy_ngettext:1,2", "-k", "C_:1c,2")
# Where the sentences of a file are seen; the first beginning that fits.
PLACES = (
    ("domain/procedures/", "steps of an application"),
    ("domain/journeys/", "steps of an application"),
    ("domain/public_forms/", "forms of accounts and of letters to a service"),
    ("domain/orientation/", "« Quelle démarche pour moi ? »"),
    ("domain/help/", "help"),
    ("domain/texts/rights_texts", "certificates"),
    ("domain/dossiers/attestations", "certificates"),
    ("domain/dossiers/complements", "requests for documents"),
    ("domain/dossiers/decision", "letters of decision"),
    ("domain/agent_forms/", "officers’ forms"),
    ("domain/actions/", "officers’ actions"),
    ("templates/accueil/", "home page, procedures"),
    ("templates/administration/", "administrators’ pages"),
    ("templates/agents/", "officers’ accounts"),
    ("templates/aide/", "help"),
    ("templates/attestations/", "check of certificates"),
    ("templates/compte/", "sign-in and account"),
    ("templates/demande/", "steps of an application"),
    ("templates/errors/", "error pages"),
    ("templates/instruction/", "officers’ pages"),
    ("templates/macros/", "many pages"),
    ("templates/mail/staff/", "e-mails to officers"),
    ("templates/mail/", "e-mails"),
    ("templates/messages/", "messages with a service"),
    ("templates/orientation/", "« Quelle démarche pour moi ? »"),
    ("templates/pdf/", "papers"),
    ("templates/sms/", "text messages"),
    ("templates/suivi/", "« Mon espace »"),
    ("templates/", "every page"),
    ("jobs/", "papers"),
    ("presenters/staff/", "officers’ pages"),
    ("presenters/applicants/", "« Mon espace » and steps"),
    ("presenters/public/", "public pages"),
    ("presenters/", "« Mon espace » and officers’ pages"),
    ("domain/rules/", "deadlines, fees and rights"),
    ("domain/dossiers/", "states and history of applications"),
    ("domain/texts/notices", "titles of notices in « Mon espace »"),
    ("forms/", "every form"),
    ("reference/", "countries and nationalities"),
    ("services/access/", "sign-in and account"),
    ("blueprints/accueil", "home page, procedures"),
    ("blueprints/aide/", "help"),
    ("blueprints/attestations", "check of certificates"),
    ("blueprints/orientation", "« Quelle démarche pour moi ? »"),
    ("blueprints/instruction/", "officers’ pages"),
    ("blueprints/administration/", "administrators’ pages"),
    ("blueprints/agents/", "officers’ accounts"),
    ("blueprints/suivi/", "« Mon espace »"),
    ("blueprints/demande/", "steps of an application"),
    ("blueprints/compte/", "sign-in and account"),
    (OF_TERMS, "words of the administration, in the help"),
)


def pybabel(*arguments: str) -> None:
    """Run a pybabel command in the project's folder."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", *arguments], cwd=ROOT, check=True)


def extract() -> Catalog:
    """Return the sentences of the code and the templates, in the order of the source, with their comments.

    What the words of the administration mean comes after them.
    """
    options = ["-F", "pyproject.toml", *KEYWORDS, "--add-location=file", "--project", "guichet-sejour"]
    with TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        pybabel("extract", *options, "-o", str(template), "app")
        with template.open("rb") as file:
            found = read_po(file)
    known, values = roles(ROOT / "app"), placeholders_told()
    for term in terms.terms():
        found.add(term.meaning, locations=[(OF_TERMS, 0)])
        known[None, term.meaning].add(MEANING)
    for message in found:
        if message.id:
            message.flags.discard("python-brace-format")  # braces are words of officers' letters
            message.auto_comments = list(comments(message, known.get(key_of(message), set()), values))
            message.locations = [
                (place, 0) for place in sorted({place for place, _line in message.locations})
            ]
    return found


def key_of(message: Message) -> tuple[str | None, str]:
    """Return what names a sentence: its context and its first form."""
    return message.context, forms(message.id)[0]


def placeholders_told() -> dict[str, str]:
    """Return what stands in each placeholder."""
    told: dict[str, str] = tomllib.loads(PLACEHOLDERS.read_text(encoding="utf-8"))
    return told


def names(message: Message) -> list[str]:
    """Return the names of the placeholders of a sentence, in their order."""
    found = (name for name, _braced in PLACEHOLDER.findall(forms(message.id)[-1]) if name)
    return list(dict.fromkeys(found))


def comments(message: Message, known: set[str], values: dict[str, str]) -> Iterator[str]:
    """Yield the comments of an entry: what it is and where, then a line for each value."""
    yield f"{', '.join(sorted(known)) or 'sentence'} — {', '.join(seen(message))}"
    yield from (f"%({name})s: {values[name]}" for name in names(message) if name in values)


def seen(message: Message) -> list[str]:
    """Return where a sentence is seen, at most four places."""
    places = {place_of(path) for path, _line in message.locations}
    return sorted(places)[:4]


def place_of(path: str) -> str:
    """Return where the sentences of a file are seen."""
    inside = path.removeprefix("app/")
    return next((words for start, words in PLACES if inside.startswith(start)), "several pages")


def of_agents(message: Message) -> bool:
    """Return whether a sentence is shown to agents alone, by the places that name it."""
    return all(place.startswith(OF_AGENTS) for place, _line in message.locations)
