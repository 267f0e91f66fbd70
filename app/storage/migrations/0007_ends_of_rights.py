"""An end of rights only where there is one, and lists in the order of the legal answer date."""

OPEN = "state IN ('complement_received', 'complement_requested', 'filed', 'in_review')"
WATCHED = (
    "state IN ('card_available', 'complement_received', 'complement_requested', 'favourable', 'filed', "
    "'in_production', 'in_review')"
)
ANSWERED_BY = f"{OPEN} AND legal_answer_on IS NOT NULL"
INDEXES = (
    f"dossier_watched ON dossier (service_id, rights_end, filed_on, id) WHERE {WATCHED}",
    f"dossier_lapsing ON dossier (rights_end, id) WHERE {WATCHED}",
    f"dossier_answer ON dossier (service_id, legal_answer_on, filed_on, id) WHERE {ANSWERED_BY}",
)
# Procedures that change no right when this was written, and certificates that last until the card is in hand: the end of
# the permit, which stood here, is in `identity`.
ENDLESS = (
    """UPDATE dossier SET rights_end = '9999-12-31'
    WHERE rights_end IS NOT NULL AND journey IN ('domicile', 'perte-vol', 'valider-visa')""",
    """UPDATE dossier SET rights_end = '9999-12-31'
    WHERE state IN ('favourable', 'in_production', 'card_available', 'handed_over') AND EXISTS (
        SELECT 1 FROM attestation
        WHERE attestation.dossier_id = dossier.id AND kind = 'favorable' AND revoked_at IS NULL
    )""",
)


def up(migrator, db):
    for statement in ENDLESS:
        db.execute_sql(statement)
    for index in INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
