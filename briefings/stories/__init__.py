"""Findings of many days to developments, issues and answers; pure."""
