"""Applicants and visa holders of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.services.access.passwords import hash_password
from app.storage.models import Account

PASSWORD = "demonstration du guichet"


@dataclass(frozen=True)
class Applicant:
    """An invented applicant. `ends_in` is the days until the permit ends, `story` a key of `stories.STORIES`."""

    number: str
    surname: str
    given_names: str
    sex: str
    born_on: str
    birth_place: str
    country: str
    ends_in: int
    story: str
    note: str
    without_account: bool = False
    kind: str = "CST"
    mention: str = "etudiant"
    nationality: str = ""  # where it is not that of the country of birth

    @property
    def email(self) -> str:
        """Their e-mail address, shown by the demonstration's mailbox page."""
        return f"demo-{self.number[-3:]}@exemple.fr"


APPLICANTS: tuple[Applicant, ...] = (
    Applicant(
        "9920000101", "Nguyễn", "Thị Ánh", "F", "2002-03-14", "Huế", "VNM", 79, "draft", "a draft halfway"
    ),
    Applicant(
        "9920000102", "Şahin", "Elif", "F", "1998-06-02", "İzmir", "TUR", 95, "filed", "filed, nobody took it"
    ),
    Applicant(
        "9920000103", "Bah", "Mamadou", "M", "2001-11-30", "Labé", "GIN", 9, "review", "in review, extension"
    ),
    Applicant(
        "9920000104", "Đặng", "Văn Minh", "M", "2003-01-08", "Đà Nẵng", "VNM", 40, "asked", "a document asked"
    ),
    Applicant(
        "9920000105", "Ñuñez", "Carla Inés", "F", "1999-09-19", "Cusco", "PER", 21, "approved", "favourable"
    ),
    Applicant(
        "9920000106", "Okonkwo", "Ngozi", "F", "1996-04-23", "Enugu", "NGA", 12, "available", "card available"
    ),
    Applicant(
        "9920000107", "Żółć", "Łukasz", "M", "1994-12-05", "Douala", "CMR", 33, "refused", "unfavourable"
    ),
    Applicant(
        "9920000108", "Rakotomalala", "Hery", "M", "2000-02-29", "Antsirabe", "MDG", 90, "none", "nothing yet"
    ),
    Applicant(
        "9920000109", "Al-Khatib", "Rania", "F", "2001-07-17", "Irbid", "JOR", 200, "none", "too early"
    ),
    Applicant(
        "9920000110", "Шевченко", "Олена", "F", "1997-08-24", "Полтава", "UKR", 25, "none", "late: 180 € more"
    ),
    Applicant(
        "9920000111", "Παπαδοπούλου", "Ελένη", "F", "1998-05-21", "Τίρανα", "ALB", -220, "none", "too late"
    ),
    Applicant(
        "9920000112",
        "Raghunathan",
        "Meenakshi",
        "F",
        "1991-02-11",
        "Madurai",
        "IND",
        82,
        "filed",
        "talent, an old « passeport talent »",
        kind="CSP",
        mention="passeport-talent-salarie-qualifie",
    ),
    Applicant(
        "9920000113",
        "Kowalczuk",
        "Dmytro",
        "M",
        "2008-01-30",
        "Lviv",
        "UKR",
        88,
        "filed",
        "talent (famille), a child of 18; the e-photo never comes, letters are refused",
        kind="CSP",
        mention="talent-famille",
    ),
    Applicant(
        "9920000114",
        "O’Sullivan-Baptiste",
        "Marguerite",
        "F",
        "1956-07-14",
        "Boston",
        "USA",
        90,
        "none",
        "visitor, nothing yet",
        mention="visiteur",
    ),
    Applicant(
        "9920000115", "Keita", "Aminata", "F", "2000-09-03", "Ségou", "MLI", 74, "moved", "moved to Paris"
    ),
    Applicant(
        "9920000116",
        "Ivanović",
        "Đorđe",
        "M",
        "2002-05-27",
        "Niš",
        "SRB",
        260,
        "lost",
        "permit lost, duplicate",
    ),
    Applicant(
        "9920000117",
        "Tran",
        "Quốc Bảo",
        "M",
        "2001-01-19",
        "Cần Thơ",
        "VNM",
        70,
        "lost",
        "lost, renewal to ask",
    ),
    Applicant(
        "9920000118", "Öztürk", "Zeynep", "F", "1999-02-08", "Muş", "TUR", 30, "closed", "closed by an agent"
    ),
    Applicant(
        "9920000119",
        "Bùi",
        "Hữu Phước",
        "M",
        "2001-10-02",
        "Đồng Hới",
        "VNM",
        18,
        "production",
        "card in production",
    ),
    Applicant(
        "9920000120",
        "Ndiaye",
        "Awa",
        "F",
        "2000-12-12",
        "Thiès",
        "SEN",
        15,
        "silent",
        "no answer in time",
    ),
    Applicant(
        "9920000121",
        "Ramírez",
        "José Ángel",
        "M",
        "2001-06-11",
        "Sucre",
        "BOL",
        35,
        "answered",
        "documents asked and answered",
    ),
    Applicant(
        "9920000137",
        "Diallo",
        "Fatoumata Binta",
        "F",
        "2003-10-10",
        "Kindia",
        "GIN",
        85,
        "",
        "no account",
        True,
    ),
    Applicant(
        "9920000138", "Silva", "João", "M", "2002-12-24", "Recife", "BRA", 15, "", "no account, late", True
    ),
    Applicant(
        "9920000139", "Kovač", "Đurđa", "F", "2001-04-04", "Bihać", "BIH", 170, "", "no account, early", True
    ),
    Applicant(
        "9920000140", "Wafa", "", "F", "1994", "Herat", "AFG", 80, "", "refugee", True, nationality="XXB"
    ),
)


@dataclass(frozen=True)
class Visa:
    """A visa of a person without account; `since` is the days since its first day of validity."""

    holder: Applicant
    visa: str
    kind: str
    since: int
    days: int
    validated: bool = False


VISAS: tuple[Visa, ...] = (
    Visa(
        Applicant(
            "", "Ouédraogo", "Aïcha", "F", "2004-05-06", "Koudougou", "BFA", 0, "", "visa VLS-TS to validate"
        ),
        "330000201",
        "VLS-TS",
        20,
        365,
    ),
    Visa(
        Applicant(
            "9920000202", "Castro", "Inés", "F", "2003-02-17", "Cali", "COL", 0, "", "visa VLS-TS validated"
        ),
        "330000202",
        "VLS-TS",
        280,
        365,
        validated=True,
    ),
    Visa(
        Applicant(
            "", "Hakimi", "Ömer", "M", "2002-08-09", "Herat", "AFG", 0, "", "visa VLS, a first permit to ask"
        ),
        "330000203",
        "VLS",
        10,
        90,
    ),
)


def demo_code(number: str) -> str:
    """Return the e-photo code of an invented person, by their number or that of their visa."""
    return number.ljust(22, "0")


def record(applicant: Applicant, today: date) -> dict[str, Any]:
    """Return an applicant's permit as in the permit register."""
    until = today + timedelta(days=applicant.ends_in)
    return {
        "foreign_number": applicant.number,
        "surname": applicant.surname,
        "given_names": applicant.given_names,
        "usage_name": "",
        "sex": applicant.sex,
        "born_on": applicant.born_on,
        "birth_place": applicant.birth_place,
        "birth_country": applicant.country,
        "nationality": applicant.nationality or applicant.country,
        "permit_kind": applicant.kind,
        "mention": applicant.mention,
        "valid_from": (until - timedelta(days=364)).isoformat(),
        "valid_until": until.isoformat(),
    }


def visa_record(visa: Visa, today: date) -> dict[str, Any]:
    """Return a visa as in the permit register."""
    begins = today - timedelta(days=visa.since)
    return record(visa.holder, today) | {
        "permit_kind": visa.kind,
        "visa_number": visa.visa,
        "valid_from": begins.isoformat(),
        "valid_until": (begins + timedelta(days=visa.days - 1)).isoformat(),
        "validated_on": (begins + timedelta(days=30)).isoformat() if visa.validated else "",
    }


def make_account(applicant: Applicant, created_at: datetime) -> Account:
    """Create an applicant's account."""
    today = created_at.date() + timedelta(days=200)
    return Account.create(
        foreign_number=applicant.number,
        email=applicant.email,
        password_hash=hash_password(PASSWORD),
        language="fr",
        identity=record(applicant, today),
        created_at=created_at,
    )
