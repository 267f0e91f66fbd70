"""A whole deployment on one machine: what a ministry runs on several, started, killed and checked (`make cluster`)."""
