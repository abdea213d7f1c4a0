"""What the pages of the register show, in the words and shapes that their templates and components take."""

from inspectorate.register.pages.bodies import bodies_page
from inspectorate.register.pages.body import body_page
from inspectorate.register.pages.programmes import digests, programme_year_page, programmes_page, years_page
from inspectorate.register.pages.reports import reports_page

__all__ = [
    "bodies_page",
    "body_page",
    "digests",
    "programme_year_page",
    "programmes_page",
    "reports_page",
    "years_page",
]
