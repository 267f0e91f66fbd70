"""The figures in a browser: charts and tables keep inside whatever the size and spacing of text; forced colours."""

from tests.e2e.test_line import agent_enters

SUPERVISOR = "responsable.lyon@exemple.fr"
# WCAG 1.4.12; a sheet of the document's own, which the policy of the page does not forbid.
_SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important }"
        + "p { margin-block-end:2em !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
_LARGE = "() => document.documentElement.style.setProperty('font-size', '200%')"
_OUTSIDE = """() => {
    const charts = [...document.querySelectorAll(".chart *")];
    return [
        document.documentElement.scrollWidth - innerWidth,
        charts.filter((part) => part.getBoundingClientRect().right > innerWidth + 1).length,
        charts.length,
    ];
}"""
_BORDERS = """() => [...document.querySelectorAll("nav .broad a")].map(
    (list) => [list.hasAttribute("aria-current"), getComputedStyle(list).borderBlockEndColor]
)"""
_PAPER = "() => getComputedStyle(document.body).backgroundColor"


def test_charts_and_tables_keep_inside(telephone, live):
    visit = telephone("fr", True, 320)
    agent_enters(visit, live, SUPERVISOR)
    for width, change in ((320, "() => null"), (320, _SPACED), (360, _LARGE)):
        visit.page.set_viewport_size({"width": width, "height": 740})
        visit.open("/agents/chiffres")
        visit.page.evaluate(change)
        beyond, outside, drawn = visit.page.evaluate(_OUTSIDE)
        assert drawn > 20
        assert (beyond, outside) == (0, 0), change
    visit.audit()


def test_the_list_shown_is_marked_in_forced_colours_and_no_other(telephone, live):
    visit = telephone("fr", True, 1280)
    agent_enters(visit, live, SUPERVISOR)
    visit.page.emulate_media(forced_colors="active")
    visit.open("/agents/")
    paper = visit.page.evaluate(_PAPER)
    marked = [current for current, colour in visit.page.evaluate(_BORDERS) if colour != paper]
    assert marked == [True]
