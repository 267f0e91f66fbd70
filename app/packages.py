"""Stores and gateways of packages outside this tree, by the scheme of their URL.

A package declares the entry point `scheme = "module:opener"` in the group `guichet.` and the kind: `guichet.files`,
`guichet.mail`… What it opens fits the protocol of its kind. One that is installed is trusted as this code is.
"""

from importlib.metadata import entry_points
from typing import Any
from urllib.parse import urlsplit

from app.variables import BadValue


def from_package(kind: str, url: str, problem: str, *given: Any) -> Any:
    """Return what the package of a URL's scheme opens; BadValue with the `problem` of the kind if there is none."""
    scheme = urlsplit(url).scheme
    found = list(entry_points(group=f"guichet.{kind}", name=scheme)) if scheme else []
    if not found:
        raise BadValue(problem)
    return found[0].load()(url, *given)
