"""Pages of a signed-in applicant, beside a bare view of the same bytes and a Django wizard with the same step."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.load import Round, drive, fetch
from bench.servers import ROOT, Server, serving
from bench.subject import DRAFTED, FOLLOWED, service, sign_in
from bench.table import Line

SECONDS = 2.0
ROUNDS = 5
STEP = "/fr/demande/etudiant/motif-de-sejour"
FOLLOW_UP = "/fr/suivi/"
# Name, address, account, and the ratio asked for of a view that brotli compresses at level 4.
PAGES = (("step page", STEP, DRAFTED, 0.3), ("follow-up page", FOLLOW_UP, FOLLOWED, 0.25))


def compare(first: tuple[Server, str, str], second: tuple[Server, str, str]) -> tuple[float, float]:
    """Return the ratios of requests per second and of cost between two servers, as medians of alternating rounds."""
    pairs: list[tuple[Round, Round]] = []
    for _ in range(ROUNDS + 1):
        pairs.append((drive(*first, SECONDS), drive(*second, SECONDS)))
    kept = pairs[1:]  # the first pair warms up
    return median(a.rate / b.rate for a, b in kept), median(b.cost / a.cost for a, b in kept)


def speed() -> list[Line]:
    """Measure the step page and the follow-up page."""
    lines = []
    with service() as (ours, _settings), tempfile.TemporaryDirectory() as folder:
        for name, path, number, goal in PAGES:
            cookie = sign_in(ours, number).cookie
            content = Path(folder) / "page.html"
            content.write_bytes(fetch(ours, path, cookie).body)
            with serving("bench.peers.bare:application", {"BENCH_CONTENT": str(content)}) as bare:
                rate, cost = compare((ours, path, cookie), (bare, "/page", ""))
            asked = f"≥ {goal}"
            lines.append(
                Line(f"{name}: requests/s against a bare view of the same bytes", asked, rate, rate >= goal)
            )
            lines.append(Line(f"{name}: processor time, likewise", asked, cost, cost >= goal))
        lines.append(_against_django(ours, folder))
    return lines


def _against_django(ours: Server, folder: str) -> Line:
    environment = {"BENCH_DATABASE": f"{folder}/django.sqlite"}
    made = subprocess.run(
        [sys.executable, "-c", "from bench.peers.django_wizard import prepare; print(prepare())"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    cookie = sign_in(ours, DRAFTED).cookie
    with serving("bench.peers.django_wizard:application", environment) as django:
        rate, _cost = compare((ours, STEP, cookie), (django, "/demande/motif-de-sejour", made.stdout.strip()))
    return Line("step page: requests/s against the same step in django-formtools", "≥ 5", rate, rate >= 5)


APPLICANT_PAGES = (
    ("", "/fr/"),
    ("", "/fr/titre/etudiant"),
    ("", "/fr/compte/creer"),
    ("", "/fr/compte/connexion"),
    ("", "/fr/verifier"),
    (DRAFTED, "/fr/demande/etudiant/informations-personnelles"),
    (DRAFTED, STEP),
    (DRAFTED, "/fr/demande/etudiant/ressources"),
    (DRAFTED, "/fr/demande/etudiant/justificatifs"),
    (FOLLOWED, FOLLOW_UP),
)


def weights() -> list[Line]:
    """Measure the bytes that the server sends to an applicant's telephone."""
    static = {path.name.partition(".")[0]: path for path in (ROOT / "var" / "static").glob("*.br")}
    sizes = {name: path.stat().st_size for name, path in static.items()}
    with service() as (ours, _settings):
        cookies = {
            number: sign_in(ours, number).cookie if number else ""
            for number in {number for number, _path in APPLICANT_PAGES}
        }
        pages = {path: fetch(ours, path, cookies[number]).sent for number, path in APPLICANT_PAGES}
    heaviest = max(pages, key=lambda path: pages[path])
    both = pages[heaviest] + sizes["theme"]
    whole = both + sum(sizes[name] for name in ("htmx", "app", "kept", "icons"))
    return [
        Line(f"heaviest page ({heaviest}), HTML + CSS, bytes", "≤ 14000", both, both <= 14_000),
        Line("the same on a first visit with scripts and icons, bytes", "≤ 40000", whole, whole <= 40_000),
        Line("our own script, bytes", "≤ 3000", sizes["app"], sizes["app"] <= 3000),
    ]
