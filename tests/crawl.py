"""Going through every page that leads somewhere, as somebody would who follows every link."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

# Pages that no link leads to: what a form, a letter or an accident leads to; each has tests of its own.
UNLINKED = frozenset(
    {
        "static",
        "root",
        "alive",
        "readiness",
        "figures",
        "published.attestation_keys",
        "published.worker",
        "published.robots",
        "published.security",
        "compte.email",
        "compte.verify",
        "compte.password",
        "compte.enter",
        "compte.enter_by_link",
        "compte.lost_sent",
        "compte.lost_done",
        "compte.lost_stopped",
        "compte.lost_confirm",
        "compte.lost_stop",
        "compte.reset",
        "suivi.address_sent",
        "suivi.address_confirm",
        "compte.stay",
        "agents.stay",
        "demande.confirmation",
        "attestations.words",
        "embauche.receipt",
        "embauche.receipt_pdf",
        "instruction.second_factor",
        "instruction.settle_work",
        "agents.recovery_code",
        "agents.invitation",
        "agents.authenticator",
        "agents.new_authenticator",
        "agents.reset",
        "demande.communes",
        "demande.begin",
        "suivi.file",
        "suivi.attachment_scan",
        "instruction.file_scan",
        "instruction.question_file_scan",
        "suivi.upload",  # asked by the script that sends a file in pieces
        "suivi.file_scan",  # asked by the page of a file that waits for the scanner
        "aide.written",
        "aide.certificate",
        "suivi.certificate",
        "instruction.batch",
        "instruction.batch_result",
        "instruction.bulk_message",
        "instruction.bulk_sent",
        "instruction.correct_appointment",  # once it is marked
        "accueil.my_list_pdf",
        "orientation.dates",
        "orientation.reminder",
        "orientation.confirm",
    }
)
PAPERS = (".pdf", ".ics", ".csv", ".zip")
_LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
_VARIABLE = re.compile(
    r"/\d{2}-\d{4}-\d{6}-\d|/[A-Z0-9]{8}(?=/|\.|$)|/\d+(?=/|$)|(?<=/questions)/[\w-]+|(?<=/embauches)/[\w-]+"
)
Fetch = Callable[[str], str]  # the text of a page, "" for what is no page


def links(text: str, lang: str) -> Iterator[str]:
    """The addresses of this very site that a page leads to, in its own language."""
    for link in _LINK.findall(text):
        address = urldefrag(link.replace("&amp;", "&")).url
        if address.startswith(f"/{lang}/"):
            yield address


def shape(address: str) -> str:
    """An address without what differs from one dossier to the next: pages of one kind are read once or twice."""
    parts = urlsplit(address)
    named = sorted(one.split("=")[0] for one in parts.query.split("&"))
    return _VARIABLE.sub("/#", parts.path) + "?" + "&".join(named)


def is_paper(address: str) -> bool:
    """Whether an address gives a paper, which is drawn anew for each visitor: dearer than a hundred pages."""
    return address.partition("?")[0].endswith(PAPERS)


def followed(answer: TestResponse) -> str:
    """What there is to follow in an answer: a page, a link to where a redirect leads, nothing in a file."""
    if answer.status_code in (302, 303):
        return f'<a href="{urlsplit(answer.location).path}">'
    return answer.text if answer.mimetype == "text/html" else ""


def crawl(start: str, lang: str, fetch: Fetch, of_each: int = 2, also: tuple[str, ...] = ()) -> list[str]:
    """Every address reached from one, at most so many of each shape, those of `also` among them."""
    todo, seen, counted = [start, *also], {start, *also}, dict[str, int]()
    reached = []
    while todo:
        address = todo.pop(0)
        kind = shape(address)
        if counted.get(kind, 0) >= of_each:
            continue
        counted[kind] = counted.get(kind, 0) + 1
        reached.append(address)
        for link in links(fetch(address), lang):
            if link not in seen:
                seen.add(link)
                todo.append(link)
    return reached


def endpoint(app: Flask, address: str) -> str:
    """The endpoint that answers at an address."""
    return str(app.url_map.bind("localhost").match(urlsplit(address).path)[0])
