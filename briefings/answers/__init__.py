"""Answers to commands: pure builders of documents from stored records."""
