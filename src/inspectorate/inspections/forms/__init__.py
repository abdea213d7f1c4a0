"""What people write into the pages of inspections."""

from inspectorate.inspections.forms.arranging import DetailsForm, WhomForm
from inspectorate.inspections.forms.listing import SearchForm
from inspectorate.inspections.forms.planning import EndForm, JoinForm, LeadForm, MoveForm, ReasonForm, WeekForm

__all__ = [
    "DetailsForm",
    "EndForm",
    "JoinForm",
    "LeadForm",
    "MoveForm",
    "ReasonForm",
    "SearchForm",
    "WeekForm",
    "WhomForm",
]
