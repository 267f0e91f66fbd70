"""On pages from right to left, what is written from left to right keeps its order: measured sign by sign in Chromium."""

from collections.abc import Callable

from app.demonstration.people import PASSWORD
from tests.e2e.pages import Visit
from tests.e2e.test_every_page import OWN, PUBLIC, Walker

# Numbers of telephones and files in groups, references, codes, dates, e-mail addresses, addresses of streets and sites.
MEASURED = r"""
\+?\d[\d\u00a0\u202f ]{4,}\d|\d{2}-\d{4}-\d{6}-\d|\d{2}\/\d{2}\/\d{4}|\d{1,2}:\d{2}|[\w.+-]+@[\w.-]+|
\d+ (?:rue|avenue|quai|place|boulevard) [\w’ -]+|(?:www\.|https?:\/\/)[\w.\/-]+|[A-Z]\.\d{3}-\d+(?:-\d+)?
""".replace("\n", "")
# The pieces of text whose signs do not follow one another from left to right on their line; how many were measured.
_WRONG = """pattern => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const wrong = [], range = document.createRange();
  let measured = 0;
  const look = (node, start, words) => {
    let before = null;
    for (let place = 0; place < words.length; place++) {
      range.setStart(node, start + place);
      range.setEnd(node, start + place + 1);
      const box = range.getBoundingClientRect();
      if (!box.width || /\\s/.test(words[place])) continue;
      if (before && Math.abs(box.top - before.top) < 2 && box.left < before.left - 0.5) return wrong.push(words);
      before = box;
    }
    measured += before ? 1 : 0;
  };
  while (texts.nextNode()) {
    const node = texts.currentNode;
    for (const found of node.data.matchAll(new RegExp(pattern, 'gu'))) look(node, found.index, found[0]);
    const said = node.parentElement.closest('[lang]');
    if (said.lang === 'fr' && node.data.trim()) look(node, 0, node.data);
  }
  return [wrong, measured];
}"""


def test_numbers_references_addresses_and_french_keep_their_order(telephone: Callable[..., Visit]) -> None:
    visit = telephone("ar", width=360)
    walker = Walker(visit)
    wrong: dict[str, list[str]] = {}
    measured = 0
    paths = ["/ar/", "/ar/titre/etudiant", "/ar/aide/contact", "/ar/aide/tarifs", "/ar/verifier"]
    for person in ("", "9920000104"):
        if person:
            walker.send("/compte/connexion", identifier=person, password=PASSWORD)
            paths = [path for path in walker.walk("/suivi/", OWN) if not path.startswith(PUBLIC[1:])][:12]
        for path in paths:
            visit.page.goto(path)
            found, count = visit.page.evaluate(_WRONG, MEASURED)
            measured += count
            if found:
                wrong[path] = found
    assert not wrong
    assert measured > 60


def test_a_number_turned_round_is_seen(telephone: Callable[..., Visit]) -> None:
    page = telephone("ar", width=360).page
    page.set_content('<html lang="ar" dir="rtl"><body><p>هاتف 0 806 001 620 اتصل</p></body></html>')
    assert page.evaluate(_WRONG, MEASURED)[0] == ["0 806 001 620"]
    page.set_content(
        '<html lang="ar" dir="rtl"><body><p>هاتف <bdi dir="ltr">0 806 001 620</bdi></p></body></html>'
    )
    assert page.evaluate(_WRONG, MEASURED) == [[], 1]
