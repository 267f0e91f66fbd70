"""Audiences of pages, signing in, cookies and known browsers."""
