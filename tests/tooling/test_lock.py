"""What an upgrade changed is told by name."""

from tooling.lock import changes

BEFORE = "flask==3.0.0 \\\n    --hash=sha256:1\ngone==1.0\npeewee==3.17.1 ; python_version > '3'\n"
AFTER = "came==2.0\nflask==3.0.1 \\\n    --hash=sha256:2\npeewee==3.17.1 ; python_version > '3'\n"


def test_versions_that_changed_came_or_went_are_told() -> None:
    assert list(changes(BEFORE, AFTER)) == ["came new -> 2.0", "flask 3.0.0 -> 3.0.1", "gone 1.0 -> gone"]
    assert list(changes(AFTER, AFTER)) == []
