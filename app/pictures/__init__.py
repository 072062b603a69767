"""The record's pictures, as SVG that stands alone: on its page and in its exports. No script, no style sheet needed.

Each says what it shows in <title> and <desc>. Colour is never alone: every group has a letter too.
"""
