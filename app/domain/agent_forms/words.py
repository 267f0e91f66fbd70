"""Class of the texts of an agent's or administrator's action."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The texts of an action: button, title and sentence of its page, confirmation; and the style of its button."""

    button: str
    title: str
    sentence: str
    done: str
    danger: bool = False  # a red button
    quiet: bool = False  # a button without colour
    at_once: bool = False  # the button performs the action; otherwise it leads to a page with the form
