"""Where the parts meet: settings, store, runtime and edge become one server."""
