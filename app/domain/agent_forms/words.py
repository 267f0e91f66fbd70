"""The words of what somebody does on the agents' side: on the button, on its page, once it is done."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """How an act is named, and how its button looks."""

    button: str
    title: str
    sentence: str
    done: str
    danger: bool = False  # a red button
    quiet: bool = False  # a button without colour
    at_once: bool = False  # the button does it; the others lead to a page that asks first
