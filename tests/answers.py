"""A complete set of answers to the student renewal, as stored."""

from typing import Any

ANSWERS: dict[str, Any] = {
    "identity_right": "yes",
    "usage_name": "",
    "family": "single",
    "passport_number": "C1234567",
    "passport_until": "2030-05-01",
    "entered_on": "2023-08-28",
    "housing": "residence",
    "address": "29 rue du Professeur-Rochaix",
    "address_more": "chambre 214",
    "postcode": "69003",
    "commune": "69383",
    "phone": "+33612345678",
    "school_type": "university",
    "school": "Université Lumière Lyon 2",
    "school_city": "Lyon",
    "degree": "master",
    "degree_year": "2",
    "year_starts": "2026-09-07",
    "year_ends": "2027-06-30",
    "apprentice": "no",
    "change_of_course": "",
    "sources": ["salary"],
    "salary_amount": 98000,
    "free_housing": "no",
    "resources_note": "",
}
