"""Learning paths as files: the bundled one, and the loader that says exactly what is wrong with yours."""
