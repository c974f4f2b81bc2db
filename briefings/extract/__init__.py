"""One article to findings with spans; pure but for the child process in worker.py."""
