"""The workshop itself: people, phases, groups, timers and signals, decided and folded without knowing any activity."""
