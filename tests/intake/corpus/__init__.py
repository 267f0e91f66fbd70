"""Hostile and odd files, made when a test asks for them: each by its name."""

from collections.abc import Callable

from tests.intake.corpus import actions, bombs, disguised, pictures, structures

FILES: dict[str, Callable[[], bytes]] = {
    **actions.files(),
    **structures.files(),
    **bombs.files(),
    **pictures.files(),
    **disguised.files(),
}
MARK = actions.MARK.encode()
# Each may take its whole limit of processor, or seconds to be made: `make test-faults`.
SLOW = bombs.files().keys() | {
    "PNG of 99 megapixels",
    "JPEG of 99 megapixels in 4 kB",
    "JPEG of 2 000 scans",
    "WEBP of 16 383 squared",
    "TIFF of 2 000 pages",
}
QUICK = tuple(name for name in FILES if name not in SLOW)
