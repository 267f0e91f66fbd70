"""Order of what is written from left to right in text from right to left.

After an Arabic letter, Unicode's order of directions turns the groups of `69-2026-000123-4` round: each reference
stands in an isolate.
"""

import re

from app.web.localisation.formats import END_OF_ISOLATE, LEFT_TO_RIGHT

# What stays as it is (fields, scripts, tags, addresses), or the reference of an application.
_REFERENCE = re.compile(
    r"<(textarea|script|style)\b.*?</\1>|<[^>]*>|https?://\S+|\b(\d{2}-\d{4}-\d{6}-\d)\b", re.DOTALL
)

# The end of any reference; most pages have none, and this is looked for in a tenth of the time.
_ENDS = re.compile(r"-\d{6}-\d")


def ordered(text: str) -> str:
    """Return a page or a letter from right to left in which references keep their order."""
    return _REFERENCE.sub(_isolated, text) if _ENDS.search(text) else text


def _isolated(found: re.Match[str]) -> str:
    return f"{LEFT_TO_RIGHT}{found[2]}{END_OF_ISOLATE}" if found[2] else found[0]
