"""An attestation's facts to print, and the longest that a register would give."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.domain.dossiers.attestations import Facts
from tests.domain.test_rights import FACTS

# As the paper of a usual name has it: see tests/pdf/test_check_codes.py.
CHECK_URL = "https://guichet.example/fr/verifier#" + "AEAQIAAAA5PUC" * 14
OPERATOR = "Guichet séjour"

NAMES = [
    line
    for line in Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]

LONGEST: dict[str, Any] = {
    "surname": "WOLFESCHLEGELSTEINHAUSENBERGERDORFF-RAKOTONDRAMANANTSOA ANDRIANAMPOINIMERINA",
    "given_names": "María de los Ángeles Encarnación Trinidad Guadalupe Jean-Baptiste Nguyễn Hoàng Ánh",
    "nationality_fr": "saint-vincentaise-et-grenadine (Saint-Vincent-et-les-Grenadines)",
    "nationality_en": "Saint Vincent and the Grenadines",
    "procedure_fr": "première demande, talent – profession médicale et de la pharmacie",
    "procedure_en": "first application, talent – medical and pharmacy profession",
    "permit_fr": "visa de long séjour valant titre de séjour (VLS-TS), étudiant en programme de mobilité",
    "permit_en": "long-stay visa serving as a residence permit (VLS-TS), student in a mobility programme",
    "territory": "Mayotte",
    "service": "Préfecture du Rhône, direction des migrations et de l’intégration, Lyon",
}


def facts(**changes: Any) -> Facts:
    """The sample facts with some of them changed."""
    return replace(FACTS, **changes)


# A name a script, as a register or a person may write it: joined, stacked, marked, above U+FFFF.
SCRIPTS = {
    "arabic": "ضياء الدين",
    "arabic with vowels": "مُحَمَّد كلّا",
    "persian": "گلچهره",
    "hebrew": "שָׁלוֹם",
    "georgian": "ნინო ᲜᲘᲜᲝ",
    "armenian": "Անահիտ Պետրոսյան",
    "ethiopic": "አበበ ቢቂላ",
    "devanagari": "क्षत्रिय राजेन्द्र",
    "bengali": "মোহাম্মদ রহমান",
    "tamil": "தமிழ் ஸ்ரீ",
    "thai": "ทรงศักดิ์ น้ำ",
    "chinese": "王小明 龍",
    "chinese, plane 2": "𠮷 𰻝",
    "japanese": "山田太郎 ひらがな",
    "korean": "김민준",
    "free marks": "Ọ̀gọ́ Ẹ̀ M̌ Ŋ́ Ё́",
    "pictures": "🏠 👨‍👩‍👧 👍🏽 🇫🇷 →",
}
