"""Briefings on a running story, from stored articles; knows no chat platform."""
