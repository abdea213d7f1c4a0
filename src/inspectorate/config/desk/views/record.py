"""How anybody verifies the record: the public key, and a verifier that needs nothing of this product."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspectorate.record import standalone
from inspectorate.record.signing import public_key


@require_safe
def record_page(request: HttpRequest) -> HttpResponse:
    """Show the public key that signs the heads, and how to verify."""
    return render(request, "desk/record.html", {"key": public_key()})


@require_safe
def verifier_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Hand out the verifier: one Python file that needs nothing else."""
    text = Path(standalone.__file__).read_text(encoding="utf-8")
    disposition = {"Content-Disposition": 'attachment; filename="verify_record.py"'}
    return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=disposition)
