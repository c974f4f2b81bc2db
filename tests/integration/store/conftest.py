"""The databases that the tests of the store run on."""

from tests.databases import database_url, empty_url, postgres, sqlite_template, store

__all__ = ["database_url", "empty_url", "postgres", "sqlite_template", "store"]
