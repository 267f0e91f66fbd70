"""Lists of dossiers: the queue, its filters and saved searches, acts on the ticked ones, the way back from a dossier."""
