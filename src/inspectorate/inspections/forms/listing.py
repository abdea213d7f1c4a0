"""What may be asked of the list of inspections. It stands in the address, so a list can be kept and sent."""

from django import forms

from inspectorate.inspections.queries import ORDERS, InspectionSearch
from inspectorate.methodology.lifecycle import INSPECTION


class SearchForm(forms.Form):
    """Search words, filters and order. What it does not know it leaves out, so that an old address still answers."""

    q = forms.CharField(required=False, max_length=100)
    state = forms.ChoiceField(required=False, choices=[(state.code, state.title) for state in INSPECTION.states])
    programme = forms.SlugField(required=False, max_length=60)
    mine = forms.ChoiceField(required=False, choices=[("yes", "Mine")])
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS])

    def search(self) -> InspectionSearch:
        """Return what is asked for; a value that is not known asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return InspectionSearch(
            words=asked.get("q", ""),
            state=asked.get("state", ""),
            programme=asked.get("programme", ""),
            mine=asked.get("mine", ""),
            order=asked.get("sort") or "week",
        )
