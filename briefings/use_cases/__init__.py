"""What the bot calls: refresh, draft, deliver, answer."""
