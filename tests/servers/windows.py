"""A window of a browser that is driven by the commands of WebDriver, whatever carries them."""

from abc import ABC, abstractmethod
from typing import Any

from tests.waiting import until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element (WebDriver, 12.2)
_SHOWN = (
    "const it = document.querySelector(arguments[0]); return it && it.getClientRects().length ? it : null"
)


class Window(ABC):
    """What a person does in a window."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address."""

    @abstractmethod
    def run(self, script: str, *given: Any) -> Any:
        """What a script returns."""

    @abstractmethod
    def place(self) -> str:
        """The address of the page."""

    @abstractmethod
    def close(self) -> None:
        """Close the window."""

    @abstractmethod
    def press(self, element: str) -> None:
        """Press an element."""

    @abstractmethod
    def type_into(self, element: str, text: str) -> None:
        """Type into an element, or choose the file of this path."""

    def see(self, selector: str) -> str:
        """The first element of a selector, once it is there and shown."""
        found: dict[str, str] = {}

        def there() -> bool:
            found.update(self.run(_SHOWN, selector) or {})
            return bool(found)

        until(there)
        return found[ELEMENT]

    def click(self, selector: str) -> None:
        """Press what a selector finds, in the middle of the window, where no bar covers it."""
        element = self.see(selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", {ELEMENT: element})
        self.press(element)

    def type(self, selector: str, text: str) -> None:
        """Type into what a selector finds, or choose the file of this path."""
        self.type_into(self.see(selector), text)
