"""What a browser would send for stored answers, and pictures to attach."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind
from app.forms.fields import FIELDS
from tests.answers import ANSWERS


def filled(step: Step, answers: Mapping[str, Any] = ANSWERS, /, **changes: Any) -> dict[str, Any]:
    """The fields of a step as a browser sends them; `changes` are raw, by field name."""
    fields: dict[str, Any] = {}
    for question in step.asked(answers):
        value = FIELDS[question.kind].format(answers.get(question.key))
        if question.kind is Kind.DATE:
            fields |= {
                f"{question.key}-{part}": text
                for part, text in zip(("day", "month", "year"), value, strict=True)
            }
        else:
            fields[question.key] = value
    return {**fields, **changes}


@cache
def picture(kind: str = "JPEG", size: tuple[int, int] = (600, 800)) -> bytes:
    """A small picture of a page."""
    out = BytesIO()
    Image.new("RGB", size, "#eeeeee").save(out, kind)
    return out.getvalue()


def sent(content: bytes, name: str = "photo.jpg") -> tuple[BytesIO, str]:
    """A file field as the test client sends it."""
    return BytesIO(content), name
