"""Pictures of pages are compared pixel by pixel; what cannot be seen is no difference."""

from pathlib import Path

import pytest
from PIL import Image

from tooling.pictures.comparison import FEW_PIXELS, TOLERANCE, Difference, compare
from tooling.pictures.sheets import FOLDER, sheet, write_sheets


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Two runs with the same picture of a page, and where differences are shown."""
    for run in ("now", "before"):
        (tmp_path / run / "suivi").mkdir(parents=True)
        page().save(tmp_path / run / "suivi" / "suivi--101.360.light.png")
    return tmp_path / "now", tmp_path / "before", tmp_path / "differences"


def page(height: int = 120) -> Image.Image:
    """A page with nothing on it."""
    return Image.new("RGB", (90, height), "white")


NAME = "suivi/suivi--101.360.light.png"


def test_the_same_page_does_not_differ(folders):
    assert compare(*folders) == []


def test_smoothing_and_a_caret_are_no_difference(folders):
    picture = page()
    picture.paste((255 - TOLERANCE,) * 3, (0, 0, 90, 60))
    picture.paste("black", (5, 5, 6, 5 + FEW_PIXELS))
    picture.save(folders[0] / NAME)
    assert compare(*folders) == []


def test_a_word_that_moved_differs_and_is_shown(folders):
    picture = page()
    picture.paste("black", (5, 5, 25, 15))
    picture.save(folders[0] / NAME)
    assert compare(*folders) == [Difference(NAME, "other", 200)]
    with Image.open(folders[2] / NAME) as shown:
        assert shown.size == (270, 120)
        assert shown.getpixel((10, 10)) == (255, 255, 255)
        assert shown.getpixel((100, 10)) == (0, 0, 0)


def test_a_faint_change_of_colour_differs(folders):
    picture = page()
    picture.paste((255, 255, 254 - TOLERANCE), (0, 0, 90, 60))
    picture.save(folders[0] / NAME)
    assert [difference.kind for difference in compare(*folders)] == ["other"]


def test_a_page_that_became_longer_differs_though_nothing_is_written_there(folders):
    page(140).save(folders[0] / NAME)
    assert [difference.kind for difference in compare(*folders)] == ["other"]


def test_pages_that_came_and_went_are_named(folders):
    (folders[0] / NAME).rename(folders[0] / "suivi" / "suivi--102.360.light.png")
    assert [(change.kind, change.name) for change in compare(*folders)] == [
        ("new", "suivi/suivi--102.360.light.png"),
        ("gone", NAME),
    ]


def test_sheets_show_each_group_and_are_not_compared(folders):
    assert [path.name for path in write_sheets(folders[0])] == ["suivi.360.light.01.png"]
    assert (folders[0] / FOLDER).is_dir()
    assert compare(*folders) == []


def test_a_sheet_has_its_pictures_in_rows(folders):
    picture = folders[0] / NAME
    assert sheet([picture] * 3, 2, 45).width == sheet([picture] * 2, 2, 45).width
    assert sheet([picture] * 3, 2, 45).height > sheet([picture] * 2, 2, 45).height
