"""``{% load ui %}``: components, and how dates, numbers and texts in two languages are written."""

from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.safestring import SafeString

from inspectorate.ui import components, form_fields, words

register = template.Library()


@register.simple_tag
def component(component_name: str, **given: Any) -> SafeString:
    """``{% component "button" text="Save" %}``: render one component."""
    return components.render(component_name, **given)


@register.simple_block_tag(end_name="endcomponent")
def component_block(content: SafeString, component_name: str, **given: Any) -> SafeString:
    """``{% component_block "notice" title="…" %}words{% endcomponent %}``: one that holds other content."""
    return components.render(component_name, content=content, **given)


@register.simple_tag
def form_field(bound: BoundField, **changed: Any) -> SafeString:
    """``{% form_field form.name %}``: one field of a Django form as our component, with its label, hint and error."""
    return components.render("field", **(form_fields.describe(bound) | changed))


@register.simple_tag
def form_errors(form: BaseForm) -> SafeString | str:
    """``{% form_errors form %}``: the summary of what is wrong, at the top of the page; nothing where all is well."""
    errors = form_fields.errors(form)
    return components.render("error_summary", errors=errors) if errors else ""


@register.filter
def written_date(value: date | str | None) -> str:
    """21 November 2026."""
    return words.written_date(value)


@register.filter
def written_number(value: float | None, places: int = 0) -> str:
    """12,461; ``{{ value|written_number:1 }}`` for one decimal place."""
    return words.written_number(value, places)


@register.filter
def t(text: Any) -> Any:
    """Take English or Welsh from ``{en, cy}``; English is marked as such where there is no Welsh yet."""
    return words.in_language(text)
