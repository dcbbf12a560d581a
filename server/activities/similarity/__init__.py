"""From many vignettes to what is the same, what differs, and what each could give and want."""

from server.activities.similarity.activity import ACTIVITY

__all__ = ["ACTIVITY"]
