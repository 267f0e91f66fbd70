"""Text twice as large, on a telephone: nothing runs out of the screen, no link lies on another.

WCAG 1.4.4, and 1.4.10 with it: on the narrowest screen too. Text in its ordinary size, in any language: one line of head.
"""

import pytest

from app.demonstration.people import PASSWORD
from app.languages import OFFERED
from tests.e2e.pages import Visit
from tests.e2e.test_line import agent_enters

_LOOK = """() => {
  document.documentElement.style.fontSize = "200%";
  const boxes = [...document.querySelectorAll(".top :is(a, button, summary)")]
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => one.innerText && box.width > 1);
  const meet = (one, other) => one.left < other.right && other.left < one.right
    && one.top < other.bottom && other.top < one.bottom;
  const pairs = boxes.flatMap(([one, box], place) => boxes.slice(place + 1)
    .filter(([, other]) => meet(box, other)).map(([other]) => one.innerText + " / " + other.innerText));
  return [document.documentElement.scrollWidth - document.documentElement.clientWidth, pairs];
}"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_text_twice_as_large_stays_inside_and_apart(telephone, live, language):
    applicant = telephone(language)
    applicant.sign_in("9920000104", PASSWORD)  # with a number of days of three figures
    look(applicant, "/", "/suivi/", "/suivi/coordonnees", "/demande/etudiant/informations-personnelles")
    collector = telephone(language)
    collector.sign_in("9920000106", PASSWORD)  # with an amount of money in figures
    look(collector, "/suivi/")
    agent = telephone(language)
    agent_enters(agent, live)
    look(agent, "/agents/", "/agents/dossiers/69-2026-000003-9")


def look(visit: Visit, *paths: str) -> None:
    """Open pages and measure them, on two sizes of screen."""
    for path in paths:
        visit.page.goto(f"/{visit.language}{path}")
        for width in (360, 320):
            visit.page.set_viewport_size({"width": width, "height": 640})
            assert visit.page.evaluate(_LOOK) == [0, []], f"{path} at {width} px"


def test_the_head_of_a_page_keeps_to_one_line_on_telephones_in_every_language(telephone):
    visit = telephone()
    heights = {}
    for signed_in in (False, True):
        if signed_in:
            visit.sign_in("9920000104", PASSWORD)
        for language in OFFERED:
            visit.page.goto(f"/{language}/aide/ecrire")
            for width in (360, 430, 600):
                visit.page.set_viewport_size({"width": width, "height": 640})
                height = visit.page.evaluate("document.querySelector('.top').offsetHeight")
                heights[language, width, signed_in] = height
    assert max(heights.values()) < 1.5 * min(heights.values()), heights
