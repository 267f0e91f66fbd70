"""Copying of PDF objects by an allow-list: each kind of object names the keys it may have and the kind of their values.

What is not named is left out, and so is a value of another kind than the one named (ISO 32000-1, chapters 7 to 11).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

MOST_OBJECTS = 50_000
MOST_DEPTH = 60
MOST_ITEMS = 200_000


class Uncopyable(Exception):
    """A PDF that cannot be rebuilt with certainty."""


class Unwanted(Exception):
    """A value that is not of the kind expected: it is left out."""


@dataclass
class Copier:
    """The PDF that is written, and what was copied into it already."""

    target: Pdf
    copied: dict[tuple[object, int], Object] = field(default_factory=dict)
    objects: int = 0
    depth: int = 0

    def copy(self, value: Any, kind: "Kind") -> Any:
        """Return the copy of a value. Raises Unwanted if it is not of that kind."""
        if self.depth > MOST_DEPTH:
            raise Uncopyable("nested too deeply")
        self.depth += 1
        try:
            return kind(value, self)
        finally:
            self.depth -= 1

    def shared(
        self, value: Object, kind: object, make: Callable[[], Object], fill: Callable[[Object], None]
    ) -> Object:
        """Return the one copy of an indirect object of a kind; filled after it is made, as objects may form circles."""
        if not value.is_indirect:
            made = make()
            fill(made)
            return made
        key = (value.objgen, id(kind))
        if key not in self.copied:
            self.objects += 1
            if self.objects > MOST_OBJECTS:
                raise Uncopyable("too many objects")
            made = self.copied[key] = self.target.make_indirect(make())
            try:
                fill(made)
            except Unwanted:
                del self.copied[key]
                raise
        return self.copied[key]


Kind = Callable[[Any, Copier], Any]


def boolean(value: Any, copier: Copier) -> bool:
    """Copy a boolean."""
    if not isinstance(value, bool):
        raise Unwanted
    return value


def integer(value: Any, copier: Copier) -> int:
    """Copy an integer."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unwanted
    return value


def number(value: Any, copier: Copier) -> Any:
    """Copy an integer or a real number."""
    if isinstance(value, bool) or (not isinstance(value, int | float) and type(value).__name__ != "Decimal"):
        raise Unwanted
    return value


def name(value: Any, copier: Copier) -> Name:
    """Copy a name."""
    if not isinstance(value, Name):
        raise Unwanted
    return Name(str(value))


def string(value: Any, copier: Copier) -> String:
    """Copy a string."""
    if not isinstance(value, String):
        raise Unwanted
    return String(bytes(value))


def one_of(*kinds: Kind) -> Kind:
    """Return the kind of a value that may be of several kinds."""

    def copy(value: Any, copier: Copier) -> Any:
        for kind in kinds:
            try:
                return copier.copy(value, kind)
            except Unwanted:
                continue
        raise Unwanted

    return copy


def array(item: Kind) -> Kind:
    """Return the kind of an array of values of one kind; one of another kind makes the array unwanted."""

    def copy(value: Any, copier: Copier) -> Array:
        if not isinstance(value, Array) or len(value) > MOST_ITEMS:
            raise Unwanted
        return Array([copier.copy(part, item) for part in value])

    return copy


def tagged(tag: str, *items: Kind) -> Kind:
    """Return the kind of an array that begins with a name; items at the end may be missing."""

    def copy(value: Any, copier: Copier) -> Array:
        if (
            not isinstance(value, Array)
            or len(value) == 0
            or value[0] != Name(tag)
            or len(value) > len(items) + 1
        ):
            raise Unwanted
        return Array(
            [Name(tag), *(copier.copy(value[place + 1], items[place]) for place in range(len(value) - 1))]
        )

    return copy


def later(kind: Callable[[], Kind]) -> Kind:
    """Return a kind that is defined further down: kinds may form circles."""
    return lambda value, copier: kind()(value, copier)


def _entries(value: Any, keys: Mapping[str, Kind], copier: Copier, into: Object) -> None:
    for key, kind in keys.items():
        if key in value:
            try:
                into[key] = copier.copy(value[key], kind)
            except Unwanted:
                continue


def _required(value: Any, needed: Mapping[str, tuple[object, ...]]) -> None:
    for key, allowed in needed.items():
        found = value.get(key)
        if (
            not any(type(found) is type(choice) and found == choice for choice in allowed)
            and found not in allowed
        ):
            raise Unwanted


def dictionary(keys: Mapping[str, Kind], needed: Mapping[str, tuple[object, ...]] | None = None) -> Kind:
    """Return the kind of a dictionary with these keys; `needed` are values without which it is unwanted."""

    def copy(value: Any, copier: Copier) -> Object:
        if not isinstance(value, Dictionary):
            raise Unwanted
        _required(value, needed or {})
        return copier.shared(value, copy, Dictionary, lambda made: _entries(value, keys, copier, made))

    return copy


def mapping(item: Kind) -> Kind:
    """Return the kind of a dictionary of resources: any names, values of one kind."""

    def copy(value: Any, copier: Copier) -> Object:
        if not isinstance(value, Dictionary) or len(value.keys()) > MOST_ITEMS:
            raise Unwanted
        return copier.shared(
            value,
            copy,
            Dictionary,
            lambda made: _entries(value, dict.fromkeys(value.keys(), item), copier, made),
        )

    return copy


def stream(
    keys: Mapping[str, Kind],
    needed: Mapping[str, tuple[object, ...]] | None = None,
    *,
    as_sent: frozenset[str] = frozenset(),
) -> Kind:
    """Return the kind of a stream with these keys: decoded and compressed anew.

    `as_sent` are filters whose data are copied unchanged when they come last: those of pictures.
    """

    def copy(value: Any, copier: Copier) -> Object:
        if not isinstance(value, Stream):
            raise Unwanted
        if "/F" in value or "/FFilter" in value:
            raise Uncopyable("a stream kept in another file")
        _required(value, needed or {})

        def fill(made: Object) -> None:
            _entries(value, keys, copier, made)
            _data(value, cast(Stream, made), as_sent, copier)

        return copier.shared(value, copy, lambda: Stream(copier.target, b""), fill)

    return copy


_FAX = {key: kind for kind, keys in {
    integer: ("/K", "/Columns", "/Rows", "/DamagedRowsBeforeError"),
    boolean: ("/EndOfLine", "/EncodedByteAlign", "/EndOfBlock", "/BlackIs1"),
}.items() for key in keys}  # fmt: skip
_PARAMETERS = dictionary({**_FAX, "/ColorTransform": integer, "/JBIG2Globals": stream({})})


def _data(value: Stream, made: Stream, as_sent: frozenset[str], copier: Copier) -> None:
    filters = _listed(value.get("/Filter"))
    last = str(filters[-1]) if filters else ""
    if "/Crypt" in map(str, filters):
        raise Uncopyable("a stream encrypted for itself")
    if last not in as_sent:
        made.write(value.read_bytes())
        return
    parameters = _listed(value.get("/DecodeParms"))
    raw = value.read_raw_bytes() if len(filters) == 1 else _peeled(value, filters[:-1], parameters, copier)
    kept = None
    if len(parameters) == len(filters) and isinstance(parameters[-1], Dictionary):
        kept = copier.copy(parameters[-1], _PARAMETERS)
    made.write(raw, filter=Name(last), decode_parms=kept)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def _peeled(value: Stream, filters: list[Any], parameters: list[Any], copier: Copier) -> bytes:
    """Return the data of a picture without the filters around its own."""
    outer = Stream(copier.target, value.read_raw_bytes())
    outer["/Filter"] = Array([Name(str(part)) for part in filters])
    if parameters:
        plain = [
            copier.copy(part, _PREDICTOR) if isinstance(part, Dictionary) else None for part in parameters
        ]
        outer["/DecodeParms"] = Array(plain[: len(filters)])
    return outer.read_bytes()


_PREDICTOR = dictionary(
    dict.fromkeys(("/Predictor", "/Colors", "/BitsPerComponent", "/Columns", "/EarlyChange"), integer)
)
