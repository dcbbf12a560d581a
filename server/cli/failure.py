"""How a command ends when it cannot do what it was asked."""


class CommandFailed(Exception):  # noqa: N818 - the last word of a command
    """One line for the terminal: what is wrong, and what to do."""
