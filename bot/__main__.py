"""`python -m bot` and `briefing-bot`."""

from __future__ import annotations

from bot.cli.root import main

if __name__ == "__main__":
    main()
