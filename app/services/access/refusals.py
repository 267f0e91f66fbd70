"""Exceptions of sign-in and account changes, common to applicants and agents."""


class WrongCredentials(Exception):
    """Raised for a wrong identifier or password; the page does not say which, so that accounts cannot be listed."""


class WrongCode(Exception):
    """Raised for a code that is wrong, expired or used before; `left` tries remain if they are limited."""

    def __init__(self, left: int = 0) -> None:
        super().__init__(left)
        self.left = left


class DeadLink(Exception):
    """Raised for a link that was used, has expired or never existed."""


class AddressTaken(Exception):
    """Raised when another account, open or closed, has this e-mail address."""
