"""What a whole application weighs on the line, as a browser receives it: pages, scripts, style sheet, no photo."""

from tests.e2e.test_interrupted import somebody  # noqa: F401 – a fixture
from tests.e2e.test_line import file_application

MOST = 100_000  # bytes; 68 000 when it was written


def test_a_whole_application_without_its_photos(somebody):  # noqa: F811 – the fixture imported above
    visit, _person = somebody
    line = visit.page.context.new_cdp_session(visit.page)
    kinds: dict[str, str] = {}
    weights: dict[str, int] = {}

    def begins(event: dict) -> None:
        kinds[event["requestId"]] = event["response"]["mimeType"]

    def ends(event: dict) -> None:
        kind = kinds.get(event["requestId"], "")
        weights[kind] = weights.get(kind, 0) + event["encodedDataLength"]

    line.on("Network.responseReceived", begins)
    line.on("Network.loadingFinished", ends)
    line.send("Network.enable")
    file_application(visit, "LIGNE00000000000000008")
    down = sum(bytes_ for kind, bytes_ in weights.items() if not kind.startswith("image/jp"))
    assert 40_000 < down <= MOST, weights
