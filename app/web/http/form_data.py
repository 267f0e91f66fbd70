"""The forms of requests, read so that each value has the name of a field."""

from typing import Any

from flask import Flask
from htmx_flask.requests import HtmxAwareRequest
from werkzeug.formparser import FormDataParser


class _NamedParts(FormDataParser):
    """Werkzeug's own, without the parts that name no field: it gives them the name None, which no view expects."""

    def parse(self, *given: Any, **named: Any) -> Any:
        stream, form, files = super().parse(*given, **named)
        return stream, self._named(form), self._named(files)

    def _named(self, parts: Any) -> Any:
        return (
            self.cls((name, part) for name, part in parts.items(multi=True) if name)
            if None in parts
            else parts
        )


class _Request(HtmxAwareRequest):  # type: ignore[misc]  # htmx-flask has no types
    form_data_parser_class = _NamedParts


def install(app: Flask) -> None:
    """Read forms so; after htmx-flask, which gives the application a class of requests too."""
    app.request_class = _Request
