"""How fast the service is, beside others measured in the same run: ratios, never figures to be trusted alone."""
