"""The abbreviations that pages, letters and papers use, and what each stands for.

Words of every day are none of them (PDF, SMS, QR), nor the diplomas that students know by their letters (BTS, IUT).
"""

from collections.abc import Mapping

from app.domain.text import N_

ABBREVIATIONS: Mapping[str, str] = {
    "ADF": N_("attestation de décision favorable"),
    "ADP": N_("attestation de prolongation d’instruction"),
    "AGDREF": N_("fichier national des étrangers, qui donne le numéro étranger"),
    "ANEF": N_("administration numérique pour les étrangers en France"),
    "API": N_("attestation de prolongation d’instruction, un autre nom de l’ADP"),
    "APL": N_("aide personnalisée au logement"),
    "CAF": N_("caisse d’allocations familiales"),
    "CCAS": N_("centre communal d’action sociale"),
    "CCC": N_("centre de contact citoyens"),
    "CDD": N_("contrat à durée déterminée"),
    "CDI": N_("contrat à durée indéterminée"),
    "CEDEX": N_("code postal d’un organisme qui reçoit beaucoup de courrier"),
    "CEPR": N_("contrat d’engagement à respecter les principes de la République"),
    "CESEDA": N_("code de l’entrée et du séjour des étrangers et du droit d’asile"),
    "CNIL": N_("Commission nationale de l’informatique et des libertés"),
    "CROUS": N_("service public des bourses et des résidences universitaires"),
    "CRPA": N_("code des relations entre le public et l’administration"),
    "DDV": N_("demande de visa"),
    "FAQ": N_("questions fréquentes"),
    "NOR": N_("numéro de publication d’un texte officiel"),
    "OFII": N_("Office français de l’immigration et de l’intégration"),
    "OQTF": N_("obligation de quitter le territoire français"),
    "PACS": N_("pacte civil de solidarité"),
    "RGAA": N_("référentiel général d’amélioration de l’accessibilité"),
    "RGPD": N_("règlement général sur la protection des données"),
    "SIRET": N_("numéro de 14 chiffres d’une entreprise, écrit sur le bulletin de salaire"),
    "VLS": N_("visa de long séjour"),
    "VLS-T": N_("visa de long séjour temporaire"),
    "VLS-TS": N_("visa de long séjour valant titre de séjour"),
}
