"""Fields drawn once: what is kept of one is never shown for another."""

from markupsafe import Markup, escape

from app.forms.views import FieldView
from app.web.posted.fields import cached_renderer


def macro(view: FieldView) -> Markup:
    """The least a field can be: its label, its value, and what appears under each choice."""
    under = "".join(str(inner.value) for fields in view.revealed.values() for inner in fields)
    return Markup(f"{escape(view.label)}={view.value};{under}")


def view(label: str, **more: object) -> FieldView:
    """A field as a page asks for it: with the same field before any answer beside it."""
    blank = FieldView("key", "text", label)
    return blank.filled(blank=blank, **more)


def test_a_field_that_is_gone_leaves_nothing_to_the_next_one() -> None:
    """Threads that ask for a field at once make several, of which one is kept: the others' memory serves again."""
    draw = cached_renderer(macro)
    for place in range(500):
        assert draw(view(f"Question {place}", value="oui")) == f"Question {place}=oui;"


def test_what_is_typed_is_not_kept() -> None:
    draw, one = cached_renderer(macro), view("Nom", value="<b>")
    assert draw(one) == "Nom=&lt;b&gt;;"
    assert draw(one.filled(value="Şahin")) == "Nom=Şahin;"


def test_one_question_with_other_fields_under_its_choices() -> None:
    draw, one = cached_renderer(macro), view("Logement", kind="choice", options=(("a", "A", ""),), value="")
    under = (FieldView("rent", "text", "Loyer", value="700"),)
    assert draw(one) == "Logement=;"
    assert draw(one.filled(revealed={"a": under})) == "Logement=;Loyer=700;"
