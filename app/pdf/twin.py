"""The page that says the same as a paper, for people whose reader makes nothing of a PDF."""

from dataclasses import dataclass

from app.domain.text import N_

WORDS = N_("Ce document en page web")
BOTH = f"{WORDS} · This document as a web page"  # on papers in two languages


@dataclass(frozen=True)
class Twin:
    """Address of the page, and the words of the link in the language of the paper."""

    address: str
    words: str = WORDS
