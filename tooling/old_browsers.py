"""Write down what the oldest browsers of package.json lack, from MDN's table: ``python -m tooling.old_browsers``.

The style sheet is checked against it (tests/web/frame/test_old_browsers.py), without asking anybody.
"""

import io
import json
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.web.pages.assets import oldest_browsers
from tooling.npm import npm_command
from tooling.parts import ROOT, run

LACKING = ROOT / "tests" / "web" / "frame" / "lacking.json"
TABLE = "@mdn/browser-compat-data@8.1.9"
# As package.json names them, and as MDN does.
NAMES = {
    "Chrome": "chrome",
    "Safari": "safari",
    "iOS": "safari_ios",
    "Firefox": "firefox",
    "Samsung": "samsunginternet_android",
}


def main() -> int:
    """Fetch the table and write the file."""
    lacking = lacking_in(table()["css"])
    LACKING.write_text(
        json.dumps({"from": TABLE, "lacking": sorted(lacking)}, indent=0) + "\n", encoding="utf-8"
    )
    print(f"{len(lacking)} features that one of {', '.join(oldest_browsers())} lacks")
    return 0


def table() -> dict[str, Any]:
    """Return MDN's table, from its npm package."""
    with tempfile.TemporaryDirectory() as folder:
        run([*npm_command(), "pack", TABLE, "--silent"], TABLE, Path(folder))
        (packed,) = Path(folder).glob("*.tgz")
        with tarfile.open(fileobj=io.BytesIO(packed.read_bytes())) as archive:
            found = archive.extractfile("package/data.json")
            assert found is not None
            return dict(json.load(found))


def lacking_in(css: dict[str, Any]) -> set[str]:
    """Return the features that a browser of the list lacks, written as a style sheet does.

    A property is `gap`, one of its values `overflow-wrap:anywhere`, a selector `:has`, a function `clamp()`.
    """
    named = [
        *((name, found) for name, found in _features(css["properties"])),
        *((f"{name}:{value}", found) for name, value, found in _values(css["properties"])),
        *((f":{name}", found) for name, found in _features(css["selectors"])),
        *((f"@{name}", found) for name, found in _features(css["at-rules"])),
        *((f"{name}()", found) for name, found in _features(css["types"])),
    ]
    lacking = {name for name, found in named if any(_lacks(found, browser) for browser in oldest_browsers())}
    return {
        name for name in lacking if name.startswith(":") or name.partition(":")[0] not in lacking - {name}
    }


def _features(part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, found["__compat"]["support"]) for name, found in part.items() if "__compat" in found)


def _values(properties: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, found in properties.items():
        for value, support in _features({key: part for key, part in found.items() if "_" not in key}):
            yield name, value, support


def _lacks(support: dict[str, Any], browser: str) -> bool:
    """Return whether a browser such as "Chrome 80" came before a feature, as it is written without a prefix."""
    name, version = browser.split()
    found = support.get(NAMES[name], {"version_added": False})
    entries = found if isinstance(found, list) else [found]
    plain = (entry for entry in entries if not {"prefix", "alternative_name", "flags"} & entry.keys())
    return not any(_number(entry["version_added"]) <= _number(version) for entry in plain)


def _number(version: str | bool | None) -> tuple[float, ...]:
    if not isinstance(version, str) or version == "preview":
        return (float("inf"),)
    return tuple(float(part) for part in version.removeprefix("≤").split("."))


if __name__ == "__main__":
    sys.exit(main())
