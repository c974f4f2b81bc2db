"""Feeds and files to parsed articles; the network and every hostile byte stay in here."""
