"""Boundary Crossing: a live workshop server for school leaders and the person who leads the room."""
