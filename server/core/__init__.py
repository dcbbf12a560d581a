"""The rules of a workshop, without a clock, dice, network or disk."""
