"""The console platform: the terminal, plain text, Markdown and HTML."""
