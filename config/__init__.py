"""What an operator may change: settings from the environment and the catalogue in TOML."""
