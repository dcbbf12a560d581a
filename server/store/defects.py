"""What may be logged of a defect: its kind and its place, and nothing of what people wrote."""

import traceback


def about(error: Exception) -> dict[str, str]:
    """For a log line: an error's own words, and a traceback printed with its variables, may quote people's texts."""
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__name__, "at": f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""}
