"""The style sheet of the HTML page."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --soft: #66625a; --paper: #fbfaf7; --rule: #dedad1; --link: #14508c; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 18px/1.5 Georgia, serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.2rem; }
"""
