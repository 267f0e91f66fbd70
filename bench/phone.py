"""Pages on a cheap telephone and a bad line, beside a Django wizard with the same step, plain and dressed as on GOV.UK.

Chromium at 400 kbit/s, 400 ms and a sixth of this machine's processor, on real servers, in alternating rounds of one run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from whitenoise.compress import Compressor

from bench.servers import ROOT, Server, serving
from bench.subject import DRAFTED, service, sign_in
from bench.table import Line
from tests.servers.chromium import FLAGS, program
from tooling.npm import npm_command
from tooling.parts import PARTS, alone

BYTES_A_SECOND, LATENCY, SLOWER = 400_000 / 8, 400, 6
ROUNDS = 5
STEP = "/fr/demande/etudiant/motif-de-sejour"
NEXT_STEP = "**/ressources"
DOCUMENTS = "/fr/demande/etudiant/justificatifs"
PEERS = {"plain": "bare HTML of django-formtools", "dressed": "the same dressed in govuk-frontend"}
PEER_STEP = "/demande/motif-de-sejour"
DRESS = ("govuk-frontend.min.css", "govuk-frontend.min.js")
# Until something can be read, in ms from the tap, and how far what was shown has moved since.
_SHOWN = """() => new Promise(done => {
  const paint = () => performance.getEntriesByName("first-contentful-paint")[0]
  const shifts = []
  new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({type: "layout-shift", buffered: true})
  const look = () => paint() && document.readyState === "complete"
    ? setTimeout(() => done([paint().startTime, shifts.reduce((sum, one) => sum + one.value, 0)]), 300)
    : setTimeout(look, 50)
  look()
})"""


@dataclass(frozen=True)
class Shown:
    """How many seconds a page took to be readable, and its layout shift."""

    seconds: float
    shift: float


def speed() -> list[Line]:
    """Measure first page, step to step and documents page, and the step page of the others."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        ours, _settings = stack.enter_context(service())
        cookies = [{"name": name, "value": value} for name, value in sign_in(ours, DRAFTED).cookies.items()]
        peers = {
            name: stack.enter_context(_wizard(folder, template))
            for name, template in (("plain", "step.html"), ("dressed", "dressed.html"))
        }
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=program(), args=list(FLAGS)
        )
        stack.callback(browser.close)
        measures: dict[str, Callable[[], Shown]] = {
            "home": lambda: _visit(browser, ours, [], "/fr/"),
            "step": lambda: _visit(browser, ours, cookies, STEP),
            "step again": lambda: _visit(browser, ours, cookies, STEP, STEP),
            "next": lambda: _next(browser, ours, cookies),
            "documents": lambda: _visit(browser, ours, cookies, DOCUMENTS, STEP),
            **{
                f"{name}{again}": partial(
                    _visit, browser, server, [cookie], PEER_STEP, PEER_STEP if again else ""
                )
                for name, (server, cookie) in peers.items()
                for again in ("", " again")
            },
        }
        rounds = [{name: measure() for name, measure in measures.items()} for _ in range(ROUNDS + 1)][1:]
    return _lines({name: [measured[name] for measured in rounds] for name in measures})


def _lines(shown: dict[str, list[Shown]]) -> list[Line]:
    took = {name: median(page.seconds for page in all_) for name, all_ in shown.items()}
    pages = ("home", "step", "step again", "next", "documents")
    shift, moved = max((page.shift, name) for name in pages for page in shown[name])

    def against(peer: str, again: str, goal: float) -> Line:
        pairs = zip(shown[f"step{again}"], shown[f"{peer}{again}"], strict=True)
        ratio = median(mine.seconds / theirs.seconds for mine, theirs in pairs)
        when = "style and scripts known" if again else "first visit"
        return Line(f"step page, {when}: time against {PEERS[peer]}", f"≤ {goal}", ratio, ratio <= goal)

    return [
        Line("first page of a first visit readable, seconds", "≤ 2.0", took["home"], took["home"] <= 2),
        Line("from a step to the next, seconds", "≤ 1.4", took["next"], took["next"] <= 1.4),
        Line("documents page, seconds", "≤ 1.0", took["documents"], took["documents"] <= 1),
        Line(f"layout shift, the worst of these pages ({moved})", "0", shift, shift == 0),
        against("plain", "", 2.5),
        against("plain", " again", 1.25),
        against("dressed", "", 1.25),
        against("dressed", " again", 1),
    ]


@contextmanager
def _telephone(browser: Browser, server: Server, cookies: list[dict[str, str]]) -> Iterator[Page]:
    """Open a browser that has seen nothing yet, on a telephone and a line like many people's."""
    origin = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(base_url=origin, viewport={"width": 360, "height": 740})
    context.add_cookies([{**cookie, "url": origin} for cookie in cookies])
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    line = {"latency": LATENCY, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    tools.send("Network.emulateNetworkConditions", {"offline": False, **line})
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page
    context.close()


def _visit(
    browser: Browser, server: Server, cookies: list[dict[str, str]], path: str, before: str = ""
) -> Shown:
    """Open a page; with `before`, coming from another, whose style and scripts it shares."""
    with _telephone(browser, server, cookies) as page:
        if before:
            page.goto(before)
        page.goto(path)
        return _shown(page)


def _next(browser: Browser, server: Server, cookies: list[dict[str, str]]) -> Shown:
    """Save a step and arrive at the next."""
    with _telephone(browser, server, cookies) as page:
        page.goto(STEP)
        page.locator("#step-form .actions .button").first.click(no_wait_after=True)
        page.wait_for_url(NEXT_STEP)
        return _shown(page)


def _shown(page: Page) -> Shown:
    milliseconds, shift = page.evaluate(_SHOWN)
    return Shown(milliseconds / 1000, shift)


@contextmanager
def _wizard(folder: str, template: str) -> Iterator[tuple[Server, dict[str, str]]]:
    """Run the Django wizard with a template; yield its server and the cookie of a signed-in browser."""
    environment = {
        "BENCH_DATABASE": f"{folder}/{template}.sqlite",
        "BENCH_TEMPLATE": template,
        "BENCH_ASSETS": str(_dress()),
    }
    made = subprocess.run(
        [sys.executable, "-c", "from bench.peers.django_wizard import prepare; print(prepare())"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    name, _, value = made.stdout.strip().partition("=")
    with serving("bench.peers.django_wizard:application", environment) as server:
        yield server, {"name": name, "value": value}


def _dress() -> Path:
    """Return the folder of govuk-frontend's style and script, compressed, from the pinned package of npm."""
    folder = PARTS / "govuk"
    assets = folder / "assets"
    with alone("govuk"):
        if not assets.exists():
            folder.mkdir(exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(ROOT / "bench" / "peers" / "govuk" / name, folder)
            subprocess.run([*npm_command(), "ci", "--ignore-scripts"], cwd=folder, check=True)
            assets.mkdir()
            for name in DRESS:
                shutil.copy(folder / "node_modules" / "govuk-frontend" / "dist" / "govuk" / name, assets)
                Compressor(quiet=True).compress(str(assets / name))
    return assets
