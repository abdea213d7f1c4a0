"""An edition as forms for field clients: XForms, the standard that ODK Collect, ODK Web Forms and Enketo read.

One form for each kind of case, made by pyxform from a plain dict, the same bytes each time. Why so:
docs/decisions/0012-xforms-by-pyxform.md.
"""

from pyxform.xls2xform import convert

from inspectorate.methodology.editions import Edition
from inspectorate.methodology.forms import Kind
from inspectorate.standards.xform.checking import Checked, odk_validate
from inspectorate.standards.xform.sheets import form_id, sheets

__all__ = ["Checked", "as_xform", "form_id", "odk_validate", "sheets", "version"]


def as_xform(edition: Edition, kind: Kind) -> bytes:
    """Return the XForm of one kind of case, in UTF-8."""
    made: str = convert(sheets(edition, kind), form_name="data", pretty_print=True).xform
    return made.encode()


def version(edition: Edition, kind: Kind) -> str:
    """Return the version that the form carries."""
    return sheets(edition, kind)["settings"][0]["version"]
