"""The frames that browsers and servers exchange, known to neither side."""
