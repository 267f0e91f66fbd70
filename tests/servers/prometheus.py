"""Prometheus' own check of rules and settings."""

import shutil

from tooling.parts import MissingPart, unpacked_from_debian


def promtool() -> str:
    """Return the path of promtool: the machine's, else Debian's package unpacked, which installs nothing."""
    if known := shutil.which("promtool"):
        return known
    if folder := unpacked_from_debian("prometheus"):
        return str(folder / "usr" / "bin" / "promtool")
    raise MissingPart("promtool is missing: install the package prometheus.")
