"""Codes of the permit register that stand for no country of today: those of ISO 3166-3, of ICAO Doc 9303, of earlier use.

CLDR has no names for them. The French words are sentences of the catalogues; the English nationality stands here as
well, since papers print it in every language and outlive the catalogues.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.text import N_


@dataclass(frozen=True)
class OtherCode:
    """`place` is a msgid, "" for what is no place; so is `nationality`, "" for a place whose people had another one."""

    place: str = ""
    nationality: str = ""
    nationality_en: str = ""


# Other ways to write a country of today: of the same ISO 3166 entry earlier, or on passports (ICAO Doc 9303).
SYNONYMS: Mapping[str, str] = {"D": "DEU", "ROM": "ROU", "RKS": "XKX", "KOS": "XKX", "UNK": "XKX"}

OTHER_CODES: Mapping[str, OtherCode] = {
    # ICAO Doc 9303-3, section 5: people without a nationality, or whose State does not protect them.
    "XXA": OtherCode("", N_("apatride"), "stateless"),
    "XXB": OtherCode("", N_("statut de réfugié (convention de 1951)"), "refugee status (1951 Convention)"),
    "XXC": OtherCode(
        "",
        N_("statut de réfugié (hors convention de 1951)"),
        "refugee status (not under the 1951 Convention)",
    ),
    "XXX": OtherCode("", N_("nationalité non précisée"), "nationality not specified"),
    # The same, section 5: British nationals who are not British citizens.
    "GBD": OtherCode("", N_("britannique (territoires d’outre-mer)"), "British (overseas territories)"),
    "GBN": OtherCode("", N_("britannique (d’outre-mer, BNO)"), "British National (Overseas)"),
    "GBO": OtherCode("", N_("britannique (citoyenneté d’outre-mer)"), "British Overseas citizen"),
    "GBP": OtherCode("", N_("britannique (personne protégée)"), "British protected person"),
    "GBS": OtherCode("", N_("britannique (sujet)"), "British subject"),
    # ISO 3166-3: countries and territories that are gone, or have another name; those where nobody lived are left out.
    "AFI": OtherCode(N_("Territoire français des Afars et des Issas")),
    "ANT": OtherCode(N_("Antilles néerlandaises"), N_("néerlandaise (Antilles)"), "Dutch (Antilles)"),
    "BUR": OtherCode(N_("Birmanie"), N_("birmane"), "Burmese"),
    "BYS": OtherCode(N_("Biélorussie soviétique"), N_("soviétique (Biélorussie)"), "Soviet (Byelorussia)"),
    "CSK": OtherCode(N_("Tchécoslovaquie"), N_("tchécoslovaque"), "Czechoslovak"),
    "CTE": OtherCode(N_("Îles Canton et Enderbury")),
    "DDR": OtherCode(N_("République démocratique allemande"), N_("est-allemande"), "East German"),
    "DHY": OtherCode(N_("Dahomey"), N_("dahoméenne"), "Dahomeyan"),
    "FXX": OtherCode(N_("France métropolitaine")),
    "GEL": OtherCode(N_("Îles Gilbert et Ellice")),
    "HVO": OtherCode(N_("Haute-Volta"), N_("voltaïque"), "Upper Voltan"),
    "MID": OtherCode(N_("Îles Midway")),
    "NHB": OtherCode(N_("Nouvelles-Hébrides")),
    "NTZ": OtherCode(N_("Zone neutre (Arabie saoudite et Irak)")),
    "PCI": OtherCode(N_("Territoire sous tutelle des îles du Pacifique")),
    "PCZ": OtherCode(N_("Zone du canal de Panama")),
    "RHO": OtherCode(N_("Rhodésie du Sud"), N_("rhodésienne"), "Rhodesian"),
    "SCG": OtherCode(N_("Serbie-et-Monténégro"), N_("serbo-monténégrine"), "of Serbia and Montenegro"),
    "SKM": OtherCode(N_("Sikkim")),
    "SUN": OtherCode(N_("Union soviétique (URSS)"), N_("soviétique"), "Soviet"),
    "TMP": OtherCode(N_("Timor oriental"), N_("est-timoraise"), "East Timorese"),
    "VDR": OtherCode(N_("République démocratique du Viêt Nam"), N_("nord-vietnamienne"), "North Vietnamese"),
    "WAK": OtherCode(N_("Île Wake")),
    "YMD": OtherCode(N_("Yémen démocratique"), N_("sud-yéménite"), "South Yemeni"),
    "YUG": OtherCode(N_("Yougoslavie"), N_("yougoslave"), "Yugoslav"),
    "ZAR": OtherCode(N_("Zaïre"), N_("zaïroise"), "Zairian"),
}
