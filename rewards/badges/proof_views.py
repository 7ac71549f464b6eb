"""Public proofs of badges: a page and files for each award, the issuer, its keys, and where anybody checks a proof."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_safe

from community.core import ratelimits
from community.core.paths import client_address
from rewards.badges.models import Award, Badge
from rewards.badges.proofs.checking import MOST_BYTES, Checked, check_file, check_proof
from rewards.badges.proofs.credentials import credential, issuer, signed_json, signed_token, status_list
from rewards.badges.proofs.keys import signing_keys
from rewards.badges.proofs.pictures import picture_of
from rewards.badges.showing import ShownAward, with_reasons

LONGEST_PROOF = 20_000


def _award(key: UUID) -> Award:
    """The award with this key. Raises Http404, for what belongs to a closed account too."""
    rows = Award.objects.of_open_accounts().select_related("member", "badge", "badge__picture")
    return get_object_or_404(rows, key=key)


def _shown(key: UUID) -> ShownAward:
    """An award in force, ready to be signed. Raises Http404: what was taken back is not signed anew."""
    award = _award(key)
    if award.revoked_at:
        raise Http404(_("This badge was taken back."))
    with override(award.member.language):
        return with_reasons([award])[0]


@require_safe
def award(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a proof says, for people: who has which badge since when and why, and whether it is in force."""
    shown = with_reasons([_award(key)])[0]
    return render(request, "badges/award.html", {"one": shown, "issuer": issuer()})


@require_safe
def award_json(request: HttpRequest, key: UUID) -> JsonResponse:
    """The credential as JSON, with its proof inside."""
    return _open(signed_json(_shown(key)), f"badge-{key}.json")


@require_safe
def award_token(request: HttpRequest, key: UUID) -> HttpResponse:
    """The credential as compact token."""
    return _file(signed_token(_shown(key)).encode(), "application/vc+jwt", f"badge-{key}.jwt")


@require_safe
def award_image(request: HttpRequest, key: UUID) -> HttpResponse:
    """The picture of the badge with the token inside."""
    shown = _shown(key)
    data, kind = picture_of(shown.award.badge, credential(shown)["name"], signed_token(shown))
    return _file(data, kind, f"badge-{key}.{'png' if kind == 'image/png' else 'svg'}")


@require_safe
def award_status(request: HttpRequest, key: UUID) -> JsonResponse:
    """Whether an award was taken back, for machines."""
    return _open(status_list(get_object_or_404(Award, key=key)))


@require_safe
def badge_issuer(request: HttpRequest) -> JsonResponse:
    """Who issues badges here, and with which keys."""
    return _open(issuer())


@require_safe
def badge_key(request: HttpRequest, thumbprint: str) -> JsonResponse:
    """The public half of one key."""
    for key in signing_keys():
        if key.thumbprint == thumbprint:
            return _open(key.jwk)
    raise Http404(_("There is no such key."))


@require_safe
def badge_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a badge as others may show it."""
    badge = get_object_or_404(Badge.objects.shown_or_held().select_related("picture"), slug=slug)
    data, kind = picture_of(badge, badge.name)
    return HttpResponse(data, content_type=kind)


class ProofForm(forms.Form):
    """A proof to check, pasted or as a file."""

    proof = forms.CharField(
        label=gettext_lazy("The proof, as text"),
        required=False,
        max_length=LONGEST_PROOF,
        widget=forms.Textarea(attrs={"class": "input", "rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or as a file: JSON, or a picture with proof"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"class": "file"}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large for a proof: 2 MB at most."))
        return file

    def clean(self) -> dict[str, Any]:
        """Want one of the two."""
        if not self.errors and not self.cleaned_data["proof"].strip() and not self.cleaned_data["file"]:
            self.add_error("proof", _("Paste a proof, or choose a file."))
        return self.cleaned_data

    def checked(self) -> Checked:
        """What checking finds; the form is valid."""
        if file := self.cleaned_data["file"]:
            return check_file(file.read())
        return check_proof(self.cleaned_data["proof"])


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Where anybody checks a proof that somebody shows them; nothing of it is kept."""
    if request.method != "POST":
        return render(request, "badges/verify.html", {"form": ProofForm()})
    ratelimits.spend(ratelimits.GUEST_WRITE, client_address(request))
    form = ProofForm(request.POST, request.FILES)
    checked = form.checked() if form.is_valid() else None
    status = 200 if checked else 422
    return render(request, "badges/verify.html", {"form": form, "checked": checked}, status=status)


def _open(value: dict[str, Any], name: str = "") -> JsonResponse:
    """JSON that pages of other sites may read too."""
    answer = JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Access-Control-Allow-Origin"] = "*"
    if name:
        answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
