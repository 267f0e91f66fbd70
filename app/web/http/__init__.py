"""What HTTP itself asks of answers: compression, headers, downloads, sizes, proxies."""
