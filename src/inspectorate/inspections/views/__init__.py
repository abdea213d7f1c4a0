"""The pages of inspections."""

from inspectorate.inspections.views.reading import overview_page

__all__ = ["overview_page"]
