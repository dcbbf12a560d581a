"""What may be logged of a defect: its kind and its place, and nothing of what people wrote."""

import traceback


def about(error: Exception) -> dict[str, str]:
    """For a log line. A traceback would be printed with its local variables, and these are people's texts."""
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__name__, "at": f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""}
