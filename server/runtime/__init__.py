"""Workshops in memory: replicas, screens, timers and open documents."""
