"""Handing in a list, what is wrong with it, and taking a single case off again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from inspectorate.inspections.asking import Asked, inspection_page
from inspectorate.people.access import NotAllowedError
from inspectorate.people.security import note_file_refused
from inspectorate.sampling import shown
from inspectorate.sampling.actions import remove_case, upload_list
from inspectorate.sampling.asking import address, list_or_404, of_kind, planned_or_404
from inspectorate.sampling.forms import MOST, GiveReason, UploadList
from inspectorate.sampling.intake import MOST_BYTES
from inspectorate.sampling.models import ListUpload
from inspectorate.sampling.queries import asked_of, current_list, standing, uploads_seen_by, without_interest
from inspectorate.sampling.refusals import RefusedError
from inspectorate.ui.uploads.scanning import refused_codes

MOST_SENT = MOST_BYTES + 2**20


@csrf_exempt  # the size is looked at before the body is read; what follows is protected
@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("case_list.upload")
def upload_page(asked: Asked, kind: str) -> HttpResponse:
    """Hand in a file; one that is far too large is refused unread."""
    planned = planned_or_404(asked, kind)
    if int(asked.request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
        back = {"most": MOST, "href": address("upload", asked, kind)}
        return asked.page("sampling/too_large.html", back, last="Case list", status=413)

    @csrf_protect
    def answered(request: HttpRequest) -> HttpResponse:
        case_list = current_list(asked.inspection, kind)
        listed = case_list.cases.count() if case_list else 0
        sent = request.method == "POST"
        form = UploadList(request.POST if sent else None, request.FILES if sent else None, listed=listed)
        if sent and form.is_valid():
            done = _handed_in(asked, kind, form)
            if done:
                return done
        for code in refused_codes(form):
            note_file_refused(request, code)
        needed = asked_of(asked.inspection, planned, asked.person)
        given = {"form": form, "of_kind": of_kind(planned), **shown.upload(asked, planned, needed, listed)}
        given |= {"seen": standing(case_list)}
        return asked.page("sampling/upload.html", given, last="Case list", status=422 if form.errors else 200)

    response: HttpResponse = answered(asked.request)
    return response


def _handed_in(asked: Asked, kind: str, form: UploadList) -> HttpResponse | None:
    try:
        upload, again = upload_list(
            inspection=asked.inspection, kind=kind, file=form.handed_in(), by=asked.by, instead_of=form.instead_of
        )
    except NotAllowedError:
        raise
    except RefusedError as error:
        form.add_error(None, error.sentence)
        return None
    if upload.faults and not upload.rows:
        note_file_refused(asked.request, "not-read")
    return redirect(address("uploaded", asked, kind, upload.public_id) + ("?again" if again else ""))


@require_safe
@inspection_page("case_list.read")
def uploaded_page(asked: Asked, kind: str, upload: str) -> HttpResponse:
    """Show what came of a file: what was accepted, and every fault by row and column."""
    planned = planned_or_404(asked, kind)
    found = upload_or_404(asked, kind, upload)
    given = {"of_kind": of_kind(planned), **shown.uploaded(asked, planned, found, again="again" in asked.request.GET)}
    return asked.page("sampling/uploaded.html", given, last="Case list")


def upload_or_404(asked: Asked, kind: str, upload: str) -> ListUpload:
    """Return an upload for a list of this inspection, also for a version that was superseded."""
    found = (
        uploads_seen_by(asked.person, asked.inspection)
        .filter(case_list__kind=kind, public_id=upload)
        .select_related("case_list")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@inspection_page("case_list.upload")
def remove_page(asked: Asked, kind: str, case: str) -> HttpResponse:
    """Take a single case off the list, with the reason."""
    planned = planned_or_404(asked, kind)
    case_list = list_or_404(asked, kind)
    held = without_interest(case_list.cases.all(), asked.person).filter(public_id=case).first()
    back = address("list", asked, kind)
    if held is None:
        return redirect(back)
    form = GiveReason(asked.request.POST or None, label=f"Why is case {held.reference} taken off the list?")
    if asked.request.method == "POST" and form.is_valid():
        try:
            remove_case(case=held, why=form.cleaned_data["why"], by=asked.by)
        except NotAllowedError:
            raise
        except RefusedError as error:
            form.add_error(None, error.sentence)
        else:
            return redirect(back)
    given = {"form": form, "case": held, "back": back, "of_kind": of_kind(planned)}
    return asked.page("sampling/remove.html", given, last="Case list", status=422 if form.errors else 200)
