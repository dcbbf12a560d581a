"""Work beside the live room: exports, retention, rehearsal."""
