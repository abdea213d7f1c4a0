"""How anybody verifies the record: the public key, and a verifier that needs nothing of this product."""

from datetime import datetime
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inspectorate.record import standalone
from inspectorate.record.leaving import latest_head
from inspectorate.record.signing import file_of, public_key


@require_safe
def record_page(request: HttpRequest) -> HttpResponse:
    """Show the public key that signs the heads, the head that left last, and how to verify."""
    signed = latest_head()
    left_at = datetime.fromisoformat(signed["head"]["at"]) if signed else None
    return render(request, "desk/record.html", {"key": public_key(), "signed": signed, "left_at": left_at})


@require_safe
def head_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Hand out the signed head that left last, to be kept; a 404 where none has left yet."""
    signed = latest_head()
    if signed is None:
        raise Http404
    day = signed["head"]["at"][:10]
    disposition = {"Content-Disposition": f'attachment; filename="head-{day}.json"'}
    return HttpResponse(file_of(signed), content_type="application/json", headers=disposition)


@require_safe
def verifier_file(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Hand out the verifier: one Python file that needs nothing else."""
    text = Path(standalone.__file__).read_text(encoding="utf-8")
    disposition = {"Content-Disposition": 'attachment; filename="verify_record.py"'}
    return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=disposition)
