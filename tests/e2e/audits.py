"""What axe finds on a page, and what lies outside the screen with text twice as large."""

from collections import defaultdict
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.e2e.screens import COLOURS, NARROW, WIDE, WIDTHS, Screen

KINDS = (Path(__file__).parent / "kinds.js").read_text(encoding="utf-8")
# Every rule that axe applies by default, and those of the RGAA, EN 301 549 and WCAG 2.2 that it leaves out by default;
# only what they find is worked out and sent back.
# The bar of a list is looked at where it ends the list: axe takes what it covers while one scrolls for too small.
_RUN = """(only) => {
  document.querySelectorAll(".bar").forEach((bar) => { bar.style.position = "static"; });
  return axe.run({
  resultTypes: ["violations"],
  ...(only.length ? {runOnly: only} : {rules: Object.fromEntries(
    ["target-size", "label-content-name-mismatch", "css-orientation-lock"].map(rule => [rule, {enabled: true}]))}),
}).then(found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`));
}"""
# What other colours can change of a page that was looked at in the same width.
_OF_COLOURS = ("color-contrast", "link-in-text-block")
_LOOK = f"""() => [
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  `${{innerWidth}} ${{matchMedia("(prefers-color-scheme: dark)").matches}}`,
  Object.keys(({KINDS})(document))]"""

# Opens the menu of languages alone, then everything else that opens, with letters twice as large (WCAG 1.4.4) and then
# with lines, words and letters set apart (1.4.12). What scrolls in a box of its own may be wider than the screen.
_OUTSIDE = """() => {
  const width = document.documentElement.clientWidth, style = document.documentElement.style;
  const menu = document.querySelector("details.lang"), rest = document.querySelectorAll("details:not(.lang)");
  const outside = () => [...document.body.querySelectorAll("*")].filter((one) => {
    if (!one.checkVisibility() || one.closest(".vh, .skip, .across, .sheet")) return false;
    const {left, right, width: own} = one.getBoundingClientRect();
    return own > 1 && (right > width + 1 || left < -1);
  }).map((one) => `${one.localName}.${one.className}: ${one.textContent.trim().slice(0, 60)}`);
  style.fontSize = "200%";
  if (menu) menu.open = true;
  const found = outside();
  if (menu) menu.open = false;
  rest.forEach((one) => { one.open = true; });
  found.push(...outside());
  style.fontSize = "";
  const spaced = new CSSStyleSheet();
  spaced.replaceSync(`* { line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important }
    p { margin-block-end:2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, spaced];
  found.push(...outside());
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== spaced);
  return [...new Set(found)];
}"""

# The kinds of elements on pages in which axe found nothing in this process, by width and colours.
_passed: dict[str, set[str]] = defaultdict(set)
_passed_on: dict[Screen, set[str]] = defaultdict(set)


def audit(page: Page, known: bool = True) -> None:
    """No accessibility finding, nothing wider than the screen; `known` kinds of elements need no second look."""
    page.wait_for_load_state()  # what is there may be without its style sheet still
    excess, screen, kinds = page.evaluate(_LOOK)
    assert excess <= 0, f"{page.url} scrolls sideways by {excess} px"
    if known and _passed[screen].issuperset(kinds):
        return
    found = look_for(page)
    assert not found, f"{page.url}: {found}"
    _passed[screen].update(kinds)


def look_for(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """What axe finds, by these rules or by all."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(_RUN, only))


def audit_on_every_screen(page: Page, known: bool = False) -> list[str]:
    """What axe finds in every width, and in other colours by the rules that see colours; what is too wide or outside.

    A page whose like is not `known` is looked at whole in the narrowest and the widest. Elsewhere axe looks where there
    is a kind of element that it has not seen on that screen yet: elements of one kind have the same style.
    """
    page.wait_for_load_state()
    found = []
    for width in WIDTHS:
        Screen(width, COLOURS[0]).put_on(page)
        excess, _, kinds = page.evaluate(_LOOK)
        found += [f"scrolls sideways by {excess} px"] * (excess > 0)
        for screen in (Screen(width, colours) for colours in COLOURS):
            passed = _passed_on[screen]
            if (known or screen not in (NARROW, WIDE)) and passed.issuperset(kinds):
                continue
            screen.put_on(page)
            faults = look_for(page, () if screen.colours == COLOURS[0] else _OF_COLOURS)
            found += faults
            passed.update(() if faults else kinds)
    NARROW.put_on(page)
    return [f"{page.url}: {one}" for one in dict.fromkeys([*found, *page.evaluate(_OUTSIDE)[:4]])]


def audit_large(page: Page) -> None:
    """On 320 pixels, twice as large or set apart, everything that opens stays inside the screen."""
    found = page.evaluate(_OUTSIDE)
    assert not found, f"{page.url}: outside the screen: {found[:4]}"
