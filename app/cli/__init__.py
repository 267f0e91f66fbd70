"""Command line of the service: a module for each family of commands."""
