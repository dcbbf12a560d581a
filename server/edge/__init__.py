"""Sockets and pages: who is this, what may they send, how does it reach them."""
