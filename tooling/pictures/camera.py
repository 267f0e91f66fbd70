"""Pictures of states in a headless browser, at three widths, light and dark."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from tooling.pictures.states import State, states

HEIGHTS = {360: 740, 768: 1024, 1280: 720}
SCHEMES = ("light", "dark")
# Sent by the script, so that the browser's own check of empty fields does not keep it back.
_SEND = "form => HTMLFormElement.prototype.submit.call(form)"
# On a picture of a whole page they would lie across its middle.
_UNSTICK = """() => document.querySelectorAll("body *").forEach(
  part => getComputedStyle(part).position === "sticky" && (part.style.position = "static"))"""
_FORMS = "main form[method=post]:has([required], [aria-describedby], textarea, input:not([type=hidden]))"


@dataclass(frozen=True)
class Shots:
    """What is taken: in which language, at which widths, in which colours, of which groups."""

    language: str = "fr"
    widths: tuple[int, ...] = tuple(HEIGHTS)
    schemes: tuple[str, ...] = SCHEMES
    only: str = ""


def take(browser: Browser, address: str, into: Path, shots: Shots) -> int:
    """Write `GROUP/NAME.WIDTH.SCHEME.png` for every state; return how many states there are."""
    context = browser.new_context()
    page = context.new_page()
    names: Counter[str] = Counter()
    for state in states(context, address, shots.language, shots.only):
        try:
            if not _open(page, address, state):
                continue
        except Error as error:
            print(f"{state.path}: {error.message.splitlines()[0]}")
            continue
        names[state.name] += 1
        number = f"-{names[state.name]}" if names[state.name] > 1 else ""
        folder = into / state.group
        folder.mkdir(parents=True, exist_ok=True)
        for width, scheme in _sizes(page, shots):
            page.evaluate(_UNSTICK)
            page.screenshot(path=folder / f"{state.name}{number}.{width}.{scheme}.png", full_page=True)
    context.close()
    return names.total()


def _open(page: Page, address: str, state: State) -> bool:
    """Open a state; return whether it is one, which a form that takes emptiness has none of."""
    page.set_viewport_size({"width": 360, "height": HEIGHTS[360]})
    page.goto(f"{address}{state.path}")
    if not state.sent:
        return True
    form = page.locator(_FORMS).first
    if not form.count():
        return False
    with page.expect_navigation() as navigation:
        form.evaluate(_SEND)
    return navigation.value is not None and navigation.value.status == 422


def _sizes(page: Page, shots: Shots) -> Iterator[tuple[int, str]]:
    for scheme in shots.schemes:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width in shots.widths:
            page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 720)})
            yield width, scheme
