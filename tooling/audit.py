"""Look at the dependencies: known vulnerabilities, licences, bill of materials. ``make audit``.

Vulnerabilities are asked of OSV (https://osv.dev), which has those of PyPI and of npm in one place and is what pip-audit
and ``npm audit`` draw from or feed: one question for both lock files, and no further packages to trust. Where it cannot
be reached the result says so, « not checked », and is no failure; anything that it finds, or a licence that
``requirements/audit.toml`` does not allow, is one.
"""

import json
import os
import sys
import tomllib
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from tooling.components import Component, allowed, bill_of_materials, components, policy
from tooling.parts import ROOT

SERVICE = os.environ.get("OSV_URL", "https://api.osv.dev/v1/querybatch")
SECONDS = 20
AT_ONCE = 500
BOM = ROOT / "var" / "bom.json"


class NotChecked(Exception):
    """Raised when the service that knows vulnerabilities gives no answer that can be read."""


def vulnerabilities(found: list[Component], service: str = SERVICE) -> list[tuple[Component, str]]:
    """Return each dependency with the identifier of each vulnerability known of it. Raises NotChecked."""
    known: list[tuple[Component, str]] = []
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        results = _ask(service, part)
        if len(results) != len(part):
            raise NotChecked("as many answers as questions were expected")
        for component, result in zip(part, results, strict=True):
            known += [(component, str(vulnerability["id"])) for vulnerability in result.get("vulns", ())]
            if result.get("next_page_token"):
                known.append((component, "more than the service tells at once"))
    return known


def _ask(service: str, part: list[Component]) -> list[dict[str, Any]]:
    queries = [
        {"package": {"name": component.name, "ecosystem": component.ecosystem}, "version": component.version}
        for component in part
    ]
    body = json.dumps({"queries": queries}).encode()
    # An https address of ours, or one of a test.
    request = urllib.request.Request(service, body, {"Content-Type": "application/json"})  # noqa: S310
    try:
        # As above.
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return list(json.load(answer)["results"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotChecked(f"{service}: {error}") from error


def unaccepted(
    known: Iterable[tuple[Component, str]], accepted: Mapping[str, Any], today: date
) -> Iterator[str]:
    """Yield a line for each vulnerability that is not accepted, or whose day to be looked at again has come."""
    for component, name in known:
        entry = accepted.get(name)
        if entry is None:
            yield f"{component.name} {component.version} ({', '.join(component.lists)}): {name}, see https://osv.dev/{name}"
        elif entry["until"] < today:
            yield f"{component.name} {component.version}: {name} was accepted until {entry['until']}: look again"


def faulty_licences(found: Iterable[Component], identifiers: frozenset[str]) -> Iterator[str]:
    """Yield a line for each dependency whose licence is unknown or not allowed."""
    for component in found:
        if not component.licence:
            lists = ", ".join(component.lists)
            yield f"{component.name} {component.version} ({lists}) does not say its licence: declare it"
        elif not allowed(component.licence, identifiers):
            yield f"{component.name} {component.version}: {component.licence} is not allowed"


def main() -> int:
    """Write the bill of materials, print each fault; return 1 if there is one."""
    allows = policy()
    found = components()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    BOM.parent.mkdir(exist_ok=True)
    BOM.write_text(
        json.dumps(bill_of_materials(found, project["version"]), indent=1) + "\n", encoding="utf-8"
    )
    print(f"bill of materials: {len(found)} components, {BOM.relative_to(ROOT)}")
    faults = list(faulty_licences(found, frozenset(allows["licences"]["allowed"])))
    print(f"licences: {len(faults)} not allowed")
    try:
        known = vulnerabilities(found)
    except NotChecked as reason:
        print(f"vulnerabilities: NOT CHECKED ({reason})")
    else:
        open_ = list(unaccepted(known, allows["vulnerabilities"], datetime.now(UTC).date()))
        print(f"vulnerabilities: {len(known)} known, {len(open_)} not accepted")
        faults += open_
    for fault in faults:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
