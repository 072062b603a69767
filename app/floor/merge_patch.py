"""What changed between two views, as an RFC 7396 JSON Merge Patch."""

from typing import Any


def merge_patch(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The RFC 7396 JSON Merge Patch that makes `after` of `before`; empty where nothing changed."""
    patch: dict[str, Any] = {key: None for key in before if key not in after}
    for key, value in after.items():
        had = before.get(key)
        if value is had is not None:  # taken over from the view before: the same all through
            continue
        if isinstance(value, dict) and isinstance(had, dict):
            if inner := merge_patch(had, value):
                patch[key] = inner
        elif value != had or key not in before:
            patch[key] = value
    return patch
