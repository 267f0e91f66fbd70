"""Every waiting state has an owner, a date and a way out, on one page that the code is held against."""

from tooling.waiting_states import PAGE, problems


def test_the_page_has_the_states_of_the_code() -> None:
    assert problems(PAGE.read_text(encoding="utf-8")) == []


def test_what_is_missing_or_too_much_is_seen() -> None:
    text = PAGE.read_text(encoding="utf-8")
    lines = text.splitlines()
    (filed,) = (line for line in lines if line.startswith("| `dossier filed` |"))
    assert problems(text.replace(filed, "")) == ["dossier filed has no row"]
    assert problems(text.replace("`dossier filed`", "`dossier lost`")) == [
        "dossier filed has no row",
        "dossier lost is not in the code",
    ]
    owner = filed.split("|")[2]
    assert problems(text.replace(filed, filed.replace(owner, " "))) == [
        "dossier filed lacks owner, date or way out"
    ]
