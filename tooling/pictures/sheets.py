"""Contact sheets: the pictures of a group side by side in one image, each with its name."""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = "planches"
ACROSS = {360: 8, 768: 5, 1280: 3}
ROWS = 2
THUMB_WIDTH = {360: 240, 768: 384, 1280: 640}
THUMB_HEIGHT = 1000
GAP, CAPTION = 16, 14
PAPER, INK = "#808080", "#ffffff"


def write_sheets(folder: Path) -> list[Path]:
    """Write the sheets of every group, width and colours of a folder of pictures; return them."""
    into = folder / FOLDER
    into.mkdir(exist_ok=True)
    written = []
    for group in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != FOLDER):
        for kind, pictures in _by_kind(group):
            width = int(kind.partition(".")[0])
            across = ACROSS.get(width, 4)
            starts = range(0, len(pictures), across * ROWS)
            for number, at in enumerate(starts, start=1):
                few = pictures[at : at + across * ROWS]
                target = into / f"{group.name}.{kind}.{number:02}.png"
                sheet(few, across, THUMB_WIDTH.get(width, 320)).save(target)
                written.append(target)
    return written


def _by_kind(group: Path) -> Iterator[tuple[str, list[Path]]]:
    kinds: dict[str, list[Path]] = {}
    for picture in sorted(group.glob("*.png")):
        kinds.setdefault(".".join(picture.name.split(".")[-3:-1]), []).append(picture)
    yield from kinds.items()


def sheet(pictures: list[Path], across: int, width: int) -> Image.Image:
    """Return pictures in rows, the top of each reduced to a width."""
    thumbs = [_thumb(path, width) for path in pictures]
    rows = [thumbs[at : at + across] for at in range(0, len(thumbs), across)]
    heights = [max(thumb.height for thumb in row) + CAPTION + GAP for row in rows]
    out = Image.new("RGB", (min(across, len(thumbs)) * (width + GAP) + GAP, sum(heights) + GAP), PAPER)
    draw = ImageDraw.Draw(out)
    top = GAP
    for number, row in enumerate(rows):
        for place, thumb in enumerate(row):
            left = GAP + place * (width + GAP)
            name = pictures[number * across + place].name.rpartition(".png")[0]
            draw.text((left, top - 2), name[: width // 6], fill=INK)
            out.paste(thumb, (left, top + CAPTION))
        top += heights[number]
    return out


def _thumb(path: Path, width: int) -> Image.Image:
    with Image.open(path) as picture:
        whole = picture.convert("RGB")
        scale = width / whole.width
        top = whole.crop((0, 0, whole.width, min(whole.height, round(THUMB_HEIGHT / scale))))
        return top.resize((width, max(1, round(top.height * scale))), Image.Resampling.LANCZOS)
