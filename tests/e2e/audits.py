"""What axe finds on a page, asked where the page shows a kind of element that it has not seen at this width."""

from collections import defaultdict
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

KINDS = (Path(__file__).parent / "kinds.js").read_text(encoding="utf-8")
# Every rule that axe applies by default; only what they find is worked out and sent back.
_RUN = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations.map(
  one => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`))"""
_LOOK = f"""() => [
  document.documentElement.scrollWidth - document.documentElement.clientWidth,
  `${{innerWidth}} ${{matchMedia("(prefers-color-scheme: dark)").matches}}`,
  Object.keys(({KINDS})(document))]"""

# The kinds of elements on pages in which axe found nothing in this process, by width and colours.
_passed: dict[str, set[str]] = defaultdict(set)


def audit(page: Page) -> None:
    """No accessibility finding, nothing wider than the screen."""
    excess, screen, kinds = page.evaluate(_LOOK)
    assert excess <= 0, f"{page.url} scrolls sideways by {excess} px"
    if _passed[screen].issuperset(kinds):
        return
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN)
    assert not found, f"{page.url}: {found}"
    _passed[screen].update(kinds)
