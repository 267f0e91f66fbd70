"""Benchmarks of the service beside others measured in the same run: compare ratios, not absolute figures."""
