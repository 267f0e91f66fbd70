"""The web server, with clients that take their time."""
