"""Files of a dossier that had a virus, in whose place nothing was sent."""

from app.storage.database import database

# Of files that had a virus, those after which nothing was sent for the same document.
_LOST = """SELECT file.name, file.slot FROM document file WHERE file.dossier_id = {0} AND file.scan = 'infected'
AND NOT EXISTS (SELECT 1 FROM document later WHERE later.dossier_id = {0} AND later.slot = file.slot
    AND later.removed_at IS NULL AND later.received_at >= file.received_at)"""
_FAULTS = f"SELECT (SELECT state FROM photo_code WHERE dossier_id = {{0}}), EXISTS ({_LOST})"


def of_dossier(dossier_id: int) -> dict[str, str]:
    """Return the names of files that had a virus, by the key of their document, where nothing was sent since."""
    rows = database.execute_sql(_LOST.format(int(dossier_id)))
    return {slot: name for name, slot in rows.fetchall()}


def faults(dossier_id: int) -> tuple[str | None, bool]:
    """Return the state of the e-photo code, None without one, and whether there are lost files."""
    (row,) = database.execute_sql(_FAULTS.format(int(dossier_id))).fetchall()
    return row[0], bool(row[1])
