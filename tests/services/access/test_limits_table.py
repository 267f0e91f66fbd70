"""The table of limits in docs/security.md is the one that holds."""

from pathlib import Path

from app.services.access.limits import LIMITS, Rule

DOCUMENT = Path(__file__).parents[3] / "docs" / "security.md"
HEAD = "| what is tried | account and source | account | source |"


def told(rule: Rule | None) -> str:
    return rule.told if rule else ""


def test_the_document_tells_the_limits_that_hold():
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    begin = lines.index(HEAD) + 2
    rows = []
    for line in lines[begin:]:
        if not line.startswith("|"):
            break
        rows.append(line)
    held = [
        f"| {limit.what} | {told(limit.both)} | {told(limit.account)} | {told(limit.source)} |".replace(
            "|  |", "| |"
        ).replace("|  |", "| |")
        for limit in LIMITS
    ]
    assert rows == held, "\n".join(held)
