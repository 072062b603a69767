"""JSON Merge Patch (RFC 7396), the receiving side; `floor/views.py` has the other."""

from typing import Any


def apply_patch(target: Any, patch: Any) -> Any:
    """`target` with `patch` applied. `target` itself is left as it was; null in a patch means "remove"."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = apply_patch(merged.get(key), value)
    return merged
