"""The command line: words of the shell to calls of the app; decides nothing itself."""
