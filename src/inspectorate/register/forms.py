"""What a reader may ask of the list of bodies. It stands in the address, so a list can be kept and sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inspectorate.register.models import BodyKind, Nation, ReportKind
from inspectorate.register.queries import BodySearch, ReportSearch, reports
from inspectorate.register.queries.bodies import LIVES, ORDERS

LIVES_WORDS = {"now": _("In being"), "ended": _("Ended")}


class BodySearchForm(forms.Form):
    """Search words, filters and order. What it does not know it leaves out, so that an old address still answers."""

    q = forms.CharField(required=False, max_length=100)
    kind = forms.ChoiceField(required=False, choices=BodyKind.choices)
    nation = forms.ChoiceField(required=False, choices=Nation.choices)
    region = forms.CharField(required=False, max_length=60)
    lives = forms.ChoiceField(required=False, choices=[(life, LIVES_WORDS[life]) for life in LIVES])
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in ORDERS])

    def search(self) -> BodySearch:
        """Return what is asked for; a value that is not known asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return BodySearch(
            words=asked.get("q", ""),
            kind=asked.get("kind", ""),
            nation=asked.get("nation", ""),
            region=asked.get("region", ""),
            lives=asked.get("lives", ""),
            order=asked.get("sort") or "name",
        )


class ReportSearchForm(forms.Form):
    """What a reader may ask of the list of reports. What it does not know it leaves out."""

    q = forms.CharField(required=False, max_length=100)
    programme = forms.SlugField(required=False, max_length=30)
    year = forms.SlugField(required=False, max_length=9)
    kind = forms.ChoiceField(required=False, choices=ReportKind.choices)
    sort = forms.ChoiceField(required=False, choices=[(order, order) for order in reports.ORDERS])

    def search(self) -> ReportSearch:
        """Return what is asked for; a value that is not known asks for nothing."""
        self.is_valid()
        asked = self.cleaned_data
        return ReportSearch(
            words=asked.get("q", ""),
            programme=asked.get("programme", ""),
            year=asked.get("year", ""),
            kind=asked.get("kind", ""),
            order=asked.get("sort") or "listed",
        )
