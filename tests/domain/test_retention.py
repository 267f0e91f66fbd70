"""The table of periods, and the document that tells it."""

from datetime import UTC, date, datetime
from pathlib import Path

from app.domain.rules.retention import PERIODS, Kept, Span, Unit

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


def said(span: Span | None) -> str:
    return f"{span.count} {span.unit}{'s' if span.count > 1 else ''}" if span else ""


def test_the_document_tells_each_period_with_its_source() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    begin = lines.index("| what | how long | told before | where it comes from |") + 2
    told = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[begin : begin + len(PERIODS)]]
    for (kind, period), (name, span, before, source) in zip(PERIODS.items(), told, strict=True):
        assert (name, before, source) == (f"`{kind}`", said(period.told), period.source)
        if period.span:
            assert span == said(period.span.on(date(2026, 11, 28)))
    assert not lines[begin + len(PERIODS)].startswith("|")


def test_every_kind_has_its_period() -> None:
    assert set(PERIODS) == set(Kept)


def test_months_and_years_go_by_the_calendar() -> None:
    assert Span(1, Unit.MONTH).before(NOON).date() == date(2026, 2, 28)
    assert Span(5, Unit.YEAR).before(NOON).date() == date(2021, 3, 31)
    assert Span(2, Unit.DAY).after(NOON).date() == date(2026, 4, 2)
    assert Span(6, Unit.MONTH).after(NOON).date() == date(2026, 9, 30)
