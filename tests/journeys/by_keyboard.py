"""What somebody does who has no mouse: reach a thing with Tab, press Enter on it, type into it."""

import pytest


def reached(found):
    """Return an element that the Tab key reaches."""
    assert found.evaluate("e => e.tabIndex") >= 0, found
    return found


def enter(found):
    """Press Enter on a link or a button, and wait for the page that it leads to."""
    with found.page.expect_navigation():
        reached(found).press("Enter")


def ticked(box):
    """Choose with the space bar."""
    reached(box).press("Space")
    assert box.is_checked(), box


def chosen(field, words):
    """Choose from a list by typing what the option begins with."""
    reached(field).focus()
    field.page.keyboard.type(words)
    assert words in field.locator("option:checked").inner_text(), field


def typed(field, value):
    """Type into a field in place of what stands there; a day is typed as the browser asks for it."""
    reached(field)
    if field.get_attribute("type") != "date":
        field.press("ControlOrMeta+a")
        field.page.keyboard.insert_text(value)
        return
    year, month, day = value.split("-")
    for keys in (day + month + year, month + day + year):
        field.focus()
        field.page.keyboard.type(keys)
        if field.input_value() == value:
            return
        field.blur()
    pytest.fail(f"{value} cannot be typed")
