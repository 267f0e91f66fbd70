"""What builds, checks and limits the project; nothing here is imported by the service itself."""
