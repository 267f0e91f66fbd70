"""Font families of PDFs, in the order in which they are searched for a letter.

All are npm packages `@expo-google-fonts/*` under the SIL Open Font License 1.1. A family is read when a text needs it:
PDFs in Latin letters cost no more for the others.
"""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONTS_DIR = ROOT / "node_modules"


@dataclass(frozen=True)
class Family:
    """A font family: package under @expo-google-fonts, a file for each weight, and a character class of its letters.

    A family of one weight has the same file twice. Letters outside the class are not searched in it.
    """

    package: str
    regular: str
    bold: str
    letters: str

    def may_have(self, letter: str) -> bool:
        """Return whether the family is to be read for a letter."""
        return re.match(f"[{self.letters}]", letter) is not None

    def files(self, fonts_dir: Path) -> tuple[Path, Path]:
        """Return the paths of the regular and the bold file."""
        folder = fonts_dir / "@expo-google-fonts" / self.package
        return folder / self.regular, folder / self.bold


def _two_weights(package: str, name: str, letters: str) -> Family:
    regular, bold = f"400Regular/{name}_400Regular.ttf", f"700Bold/{name}_700Bold.ttf"
    return Family(package, regular, bold, letters)


def _one_weight(package: str, name: str, letters: str) -> Family:
    file = f"400Regular/{name}_400Regular.ttf"
    return Family(package, file, file, letters)


LATIN = _two_weights("noto-sans", "NotoSans", "\x00-\U0010ffff")
# Arrows, numbers in circles, signs: a few in the emoji, the usual ones in the Korean family, the rest in the Chinese.
_SIGNS = "\u2000-\u2bff"
FAMILIES = (
    LATIN,
    _two_weights(
        "noto-naskh-arabic", "NotoNaskhArabic", "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufeff"
    ),
    _two_weights("noto-sans-hebrew", "NotoSansHebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
    _two_weights("noto-sans-georgian", "NotoSansGeorgian", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    _two_weights("noto-sans-armenian", "NotoSansArmenian", "\u0530-\u058f\ufb13-\ufb17"),
    _two_weights("noto-sans-ethiopic", "NotoSansEthiopic", "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f"),
    _two_weights("noto-sans-bengali", "NotoSansBengali", "\u0980-\u09ff"),
    _two_weights("noto-sans-tamil", "NotoSansTamil", "\u0b80-\u0bff"),
    _two_weights("noto-sans-thai", "NotoSansThai", "\u0e00-\u0e7f"),
    _one_weight("noto-emoji", "NotoEmoji", f"{_SIGNS}\U0001f000-\U0001faff"),
    _two_weights(
        "nanum-gothic",
        "NanumGothic",
        f"{_SIGNS}\u1100-\u11ff\u3000-\u303f\u3130-\u318f\uac00-\ud7af\uff00-\uffef",
    ),
    # Chinese, simplified and traditional, and Japanese: 35 979 letters in one weight, 8 MB to fetch where
    # two weights of Noto Sans SC, with 4 000 rare Han letters fewer, are 57.
    _one_weight(
        "chocolate-classical-sans",
        "ChocolateClassicalSans",
        f"{_SIGNS}\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff",
    ),
)
