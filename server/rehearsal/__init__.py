"""A rehearsal: a room of bots plays a whole path against a running server, through the protocol that browsers speak."""
