"""What operators and their machines ask: life, readiness, figures. Everybody else is told nothing."""
