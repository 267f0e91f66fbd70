"""Forms as they are sent: only from our own pages, read once, kept and filled in again."""
