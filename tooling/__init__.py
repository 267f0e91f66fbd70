"""Tools that build, check and limit the project; the service does not import them."""
