"""Which pictures differ from those of another run, pixel by pixel, with a tolerance."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from tooling.pictures.sheets import FOLDER as SHEETS

TOLERANCE = 24  # of 255, in any colour: what smoothing of letters may change
FEW_PIXELS = 12  # a caret, a rounded corner
MARK = (214, 40, 40)


@dataclass(frozen=True)
class Difference:
    """A picture that is new, gone or other than before. `pixels` are those that differ."""

    name: str
    kind: str  # new, gone, other
    pixels: int = 0


def compare(now: Path, before: Path, into: Path) -> list[Difference]:
    """Return what differs between two folders of pictures; write `before | now | where` of each into a third."""
    names, old = _names(now), _names(before)
    found = [Difference(name, "new") for name in sorted(names - old)]
    found += [Difference(name, "gone") for name in sorted(old - names)]
    for name in sorted(names & old):
        with Image.open(now / name) as mine, Image.open(before / name) as theirs:
            pixels, marked = different(theirs.convert("RGB"), mine.convert("RGB"))
        if marked is not None:
            target = into / name
            target.parent.mkdir(parents=True, exist_ok=True)
            marked.save(target)
            found.append(Difference(name, "other", pixels))
    return found


def _names(folder: Path) -> set[str]:
    pictures = (path.relative_to(folder) for path in folder.rglob("*.png"))
    return {str(path) for path in pictures if path.parts[0] != SHEETS}


def different(before: Image.Image, now: Image.Image) -> tuple[int, Image.Image | None]:
    """Return how many pixels differ, and both pictures with those marked; None if they are as good as the same."""
    size = (max(before.width, now.width), max(before.height, now.height))
    padded = [Image.new("RGB", size, MARK) for _ in range(2)]
    for sheet, picture in zip(padded, (before, now), strict=True):
        sheet.paste(picture)
    bands = ImageChops.difference(*padded).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    mask = most.point(lambda value: 255 if value > TOLERANCE else 0)
    pixels = mask.histogram()[255]
    if pixels <= FEW_PIXELS and before.size == now.size:
        return pixels, None
    pale = Image.blend(padded[1], Image.new("RGB", size, "white"), 0.7)
    pale.paste(MARK, mask=mask)
    marked = Image.new("RGB", (size[0] * 3, size[1]))
    for place, sheet in enumerate((*padded, pale)):
        marked.paste(sheet, (size[0] * place, 0))
    return pixels, marked
