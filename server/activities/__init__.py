"""The methods of the path, one folder each, none knowing another."""
