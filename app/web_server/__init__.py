"""The web server: waitress, on one socket that several processes share, with deadlines for slow clients (ADR 0021)."""
