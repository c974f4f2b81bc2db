"""Slack: renderer, adapter, manifest."""
