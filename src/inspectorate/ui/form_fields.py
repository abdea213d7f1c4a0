"""A Django form's fields as the parameters of our ``field`` component."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "textarea"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.ClearableFileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.HiddenInput, "hidden"),
)


def kind_of(widget: forms.Widget) -> str:
    """Return our kind of field for Django's widget."""
    return next((kind for widgets, kind in KINDS if isinstance(widget, widgets)), "text")


def describe(bound: BoundField) -> dict[str, Any]:
    """Return the parameters of the ``field`` component for one field of a form, with what the person typed."""
    widget, value = bound.field.widget, bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value]) if one is not None}
    options = [
        {"value": str(key), "text": str(text), "selected": str(key) in chosen} | ({"group": group} if group else {})
        for group, key, text in _choices(bound.field)
    ]
    attributes = {name: widget.attrs.get(name) for name in ("autocomplete", "inputmode", "accept", "rows", "multiple")}
    return {
        "kind": kind_of(widget),
        "name": bound.html_name,
        "id": bound.id_for_label or bound.auto_id,
        "label": str(bound.label),
        "hint": str(bound.help_text) or None,
        "error": " ".join(str(error) for error in bound.errors) or None,
        "value": "" if value is None or options else value,
        "options": options,
        "checked": bool(value) if isinstance(widget, forms.CheckboxInput) else False,
        **{name: given for name, given in attributes.items() if given},
    }


def _choices(field: forms.Field) -> Iterator[tuple[str, Any, Any]]:
    """Yield the choices of a field, each with the name of its group where it is in one."""
    for key, text in getattr(field, "choices", ()):
        if isinstance(text, list | tuple):
            yield from ((str(key), *one) for one in text)
        else:
            yield "", key, text


def errors(form: BaseForm) -> list[dict[str, str]]:
    """Return every error of the form as ``{text, href}``; the address leads to the field."""
    rows = [{"text": str(error), "href": ""} for error in form.non_field_errors()]
    for bound in form:
        rows += [{"text": str(error), "href": f"#{bound.id_for_label or bound.auto_id}"} for error in bound.errors]
    return rows
