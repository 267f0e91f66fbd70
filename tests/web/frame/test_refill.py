"""What was typed stands in its field, whatever signs the page has before it."""

import pytest

from app.web.posted.refill import refill

FORM = '<form action="/x" method="post"><input name="a" value=""><textarea name="b"></textarea></form>'
TYPED = {"/x": {"a": ["un"], "b": ["deux"]}}


@pytest.mark.parametrize(
    "sign", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\r", "\n", "\r\n"], ids=ascii
)
def test_no_sign_that_ends_a_line_elsewhere_moves_the_places_of_fields(sign: str) -> None:
    before = f"<p>Nom{sign * 3} de\n la page</p>"
    filled = refill(before + FORM, "/x", TYPED, lambda _first, _files: "")
    assert filled == before + refill(FORM, "/x", TYPED, lambda _first, _files: "")
    assert 'value="un"' in filled
    assert "deux</textarea>" in filled
