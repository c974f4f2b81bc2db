"""One file a section of the briefing; pure."""
