"""The page on ASVS names every requirement, and nothing that is not there."""

from tooling.asvs import PAGE, problems

ROW = "| 1.1.1 | 2 | words | met | `tests/tooling/test_asvs.py::test_the_page_is_whole` |"


def test_the_page_is_whole() -> None:
    assert list(problems(PAGE.read_text(encoding="utf-8"))) == []


def test_what_is_missing_twice_or_not_there_is_seen() -> None:
    text = PAGE.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.startswith("| 1.1.1 |"))
    assert "182 requirements of level 2, not 183" in "\n".join(problems(text.replace(first, "")))
    assert any("2 times" in found for found in problems(f"{text}\n{first}"))
    for wrong in ("test_the_page_is_hole`", "x.py`"):
        row = (
            ROW.replace("test_the_page_is_whole`", wrong)
            if "hole" in wrong
            else ROW.replace("asvs.py", "x.py")
        )
        assert any("is not there" in found for found in problems(text.replace(first, row)))
    for wrong, told in ((" met ", "is no state"), ("`", "is met by nothing")):
        row = ROW.replace(wrong, " fine " if wrong == " met " else "")
        assert any(told in found for found in problems(text.replace(first, row)))
