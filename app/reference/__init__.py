"""Lists of the world that the service looks things up in: communes, départements, countries."""
