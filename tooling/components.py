"""Every dependency of the lock files, from PyPI and npm, with its licence and digests; the bill of materials of them."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from tooling.parts import ROOT

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# What packages wrote before they could write an identifier of SPDX.
_SPOKEN = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}


@dataclass(frozen=True)
class Component:
    """A dependency at its version. `lists` names the lock files that have it; `licence` is "" where none was found."""

    ecosystem: str  # PyPI or npm, as OSV names them
    name: str
    version: str
    licence: str
    lists: tuple[str, ...] = ()
    hashes: tuple[str, ...] = field(default=(), repr=False)

    @property
    def purl(self) -> str:
        """The package URL."""
        name = self.name.replace("@", "%40") if self.ecosystem == "npm" else self.name
        return f"pkg:{self.ecosystem.lower()}/{name}@{self.version}"


def policy() -> dict[str, Any]:
    """Return what `requirements/audit.toml` allows."""
    return tomllib.loads((ROOT / "requirements" / "audit.toml").read_text(encoding="utf-8"))


def components(root: Path = ROOT, declared: Mapping[str, str] | None = None) -> list[Component]:
    """Return every dependency of the lock files under a folder, by ecosystem and name."""
    known = policy()["licences"]["declared"] if declared is None else declared
    found = [*_of_pypi(root, known), *_of_npm(root, known)]
    return sorted(found, key=lambda component: (component.ecosystem, component.name, component.version))


def _of_pypi(root: Path, declared: Mapping[str, str]) -> Iterator[Component]:
    lists: dict[tuple[str, str], list[str]] = {}
    hashes: dict[tuple[str, str], set[str]] = {}
    for path in sorted((root / "requirements").glob("*.txt")):
        pinned = ("", "")
        for line in path.read_text(encoding="utf-8").splitlines():
            if begun := _PINNED.match(line):
                pinned = (re.sub(r"[._]+", "-", begun[1]).lower(), begun[2])
                lists.setdefault(pinned, []).append(path.stem)
            hashes.setdefault(pinned, set()).update(_HASH.findall(line))
    for (name, version), of in lists.items():
        licence = declared.get(name) or _installed_licence(name)
        yield Component("PyPI", name, version, licence, tuple(of), tuple(sorted(hashes[name, version])))


def _installed_licence(name: str) -> str:
    """Return the licence that the installed package declares, as SPDX writes it; "" if it is not to be had."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classifiers = [
        line.split(" :: ")[-1] for line in told.get_all("Classifier") or [] if line.startswith("License")
    ]
    spoken = [_SPOKEN[words] for words in (told.get("License") or "", *classifiers) if words in _SPOKEN]
    written = told.get("License") or ""
    short = written if re.fullmatch(r"[A-Za-z0-9.+-]+", written) else ""
    return told.get("License-Expression") or (spoken[0] if spoken else short)


def _of_npm(root: Path, declared: Mapping[str, str]) -> Iterator[Component]:
    for path in (root / "package-lock.json", *sorted((root / "requirements").glob("*/package-lock.json"))):
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
        for place, package in packages.items():
            if place:
                name = place.rpartition("node_modules/")[2]
                of = "npm-dev" if package.get("dev") else "npm"
                licence = declared.get(name) or package.get("license", "")
                yield Component("npm", name, package["version"], licence, (of,))


def allowed(licence: str, identifiers: frozenset[str]) -> bool:
    """Return whether one of the alternatives of a licence is allowed in all its parts."""
    alternatives = re.split(r"\s+OR\s+", licence.replace("(", "").replace(")", ""))
    return any(set(re.split(r"\s+AND\s+", component)) <= identifiers for component in alternatives)


def bill_of_materials(found: list[Component], version: str) -> dict[str, Any]:
    """Return the bill of materials in the form of CycloneDX 1.6, the same for the same lock files."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "guichet-sejour",
                "version": version,
                "licenses": [{"expression": "AGPL-3.0-or-later"}],
            }
        },
        "components": [_described(component) for component in found],
    }


def _described(component: Component) -> dict[str, Any]:
    shipped = {"run", "npm"} & set(component.lists)
    return {
        "type": "library",
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "purl": component.purl,
        "scope": "required" if shipped else "excluded",  # what only builds or tests is not shipped
        **({"licenses": [{"expression": component.licence}]} if component.licence else {}),
        **(
            {"hashes": [{"alg": "SHA-256", "content": component.hashes[0]}]}
            if len(component.hashes) == 1
            else {}
        ),
    }
