"""The worker, its platforms and its command line."""
