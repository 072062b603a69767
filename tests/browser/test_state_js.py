"""static/state.js merges patches as the shipped client does, which the server's own tests hold to the views."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.async_api import Page

from app.client import apply_patch

pytestmark = pytest.mark.asyncio(loop_scope="session")

KEYS = st.sampled_from(["a", "b", "r1", "__proto__", "constructor", "toString", "0", "", "é"])
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=3)
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4))
OBJECTS = st.dictionaries(KEYS, JSON, max_size=4)


def pairs(count: int) -> list[tuple[Any, Any]]:
    """What Hypothesis comes up with, for one trip to the browser instead of one each."""
    found: list[tuple[Any, Any]] = []

    @settings(max_examples=count, database=None, deadline=None)
    @given(OBJECTS | JSON, OBJECTS | JSON)
    def collect(target: Any, patch: Any) -> None:
        found.append((target, patch))

    collect()
    return found


async def test_the_browser_merges_patches_as_the_client_does_and_changes_nothing_in_place(module_page: Page) -> None:
    tried = pairs(150)
    merged = await module_page.evaluate(
        """async (text) => {
          const { mergePatch } = await import("/static/state.js");
          return JSON.stringify(JSON.parse(text).map(([target, patch]) => {
            const before = JSON.stringify(target);
            const result = mergePatch(target, patch);
            return { result, untouched: JSON.stringify(target) === before };
          }));
        }""",
        json.dumps(tried),
    )

    for (target, patch), seen in zip(tried, json.loads(merged), strict=True):
        assert seen["result"] == apply_patch(target, patch), (target, patch)
        assert seen["untouched"], (target, patch)
    assert await module_page.evaluate("() => Object.keys(Object.prototype).length === 0 && ({}).a === undefined")
