"""Pages of people: their public page, their settings, and what they typed before signing in."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from community.accounts.actions.erase import erase_member
from community.accounts.actions.portrait import change_portrait, remove_portrait
from community.accounts.actions.profile import update_profile
from community.accounts.actions.rename import rename_member
from community.accounts.member_page import find_member, page_of, profile_of
from community.accounts.pending import change_pending, drop_pending, kept_for, publish_pending
from community.accounts.settings_forms import EraseForm, PortraitForm, ProfileForm, UsernameForm
from community.accounts.visitors import member
from community.core import page_cache


@require_GET
def member_page(request: HttpRequest, username: str) -> HttpResponse:
    """A member's public page; a plain sentence when the account is closed."""
    found = find_member(username)
    if found is None:
        raise Http404(_("Nobody here has this pseudonym."))
    if not found.is_active:
        return render(request, "accounts/member_gone.html", status=410)
    if found.username != username:
        return redirect("accounts:member", found.username, permanent=False)
    page_cache.keep(request, f"member:{found.pk}", "lists")
    if hasattr(request, "page_cache"):
        # What is kept must have been read after `keep`.
        found = find_member(username) or found
    shown = page_of(found, request.user.pk)
    return render(request, "accounts/member.html", {"shown": shown, "member": shown.member, "page_kind": "member"})


@require_GET
def mentioned(request: HttpRequest, username: str) -> HttpResponse:
    """The address that stored text holds for a mention: on to the member's page, in the reader's language."""
    found = find_member(username)
    if found is None:
        raise Http404(_("Nobody here has this pseudonym."))
    return redirect("accounts:member", found.username)


def desk_login(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever may not open the desk: to sign in, or a clear refusal when they already are."""
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(wanted, resolve_url("account_login"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect("wagtailadmin_home")
    list(messages.get_messages(request))
    raise PermissionDenied(_("Your account does not open the brand's desk. Ask the brand team for access."))


@login_required
@require_http_methods(["GET", "POST"])
def profile_settings(request: HttpRequest) -> HttpResponse:
    """What I say of myself, and what others see of it."""
    me = member(request)
    form = ProfileForm(request.POST or None, instance=profile_of(me), member=me)
    if request.method == "POST" and form.is_valid():
        update_profile(me, form.changes(), by=me)
        with override(me.language):
            messages.success(request, _("Your profile is saved."))
        return redirect("accounts:settings")
    context = {"form": form, "portrait_form": PortraitForm(), "page_kind": "account", "tab": "profile"}
    return render(request, "accounts/settings_profile.html", context)


@login_required
@require_POST
def portrait_settings(request: HttpRequest) -> HttpResponse:
    """Send a portrait, or take it away."""
    me = member(request)
    if "remove" in request.POST:
        remove_portrait(me, by=me)
        messages.success(request, _("Your picture is removed; your initials stand for you."))
        return redirect("accounts:settings")
    form = PortraitForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            change_portrait(me, form.cleaned_data["picture"], by=me)
        except ValidationError as error:
            form.add_error("picture", error)
        else:
            messages.success(request, _("Your picture is saved."))
            return redirect("accounts:settings")
    context = {
        "form": ProfileForm(instance=profile_of(me), member=me),
        "portrait_form": form,
        "page_kind": "account",
        "tab": "profile",
    }
    return render(request, "accounts/settings_profile.html", context, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def username_settings(request: HttpRequest) -> HttpResponse:
    """Take another pseudonym."""
    me = member(request)
    form = UsernameForm(request.POST or None, member=me, initial={"username": me.username})
    if request.method == "POST" and form.is_valid():
        try:
            rename_member(me, form.cleaned_data["username"], by=me)
        except ValidationError as error:
            form.add_error("username", error)
        else:
            messages.success(request, _("You are now %(name)s.") % {"name": me.username})
            return redirect("accounts:settings")
    return render(request, "accounts/settings_username.html", {"form": form, "page_kind": "account", "tab": "username"})


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def erase_settings(request: HttpRequest) -> HttpResponse:
    """Leave for good, once the pseudonym is typed."""
    me = member(request)
    form = EraseForm(request.POST or None, member=me)
    if request.method == "POST" and form.is_valid():
        erase_member(me, by=me)
        logout(request)
        messages.success(request, _("Your account is erased. Thank you for all that you brought here."))
        return redirect("/")
    status = 422 if form.errors else 200
    return render(request, "accounts/settings_erase.html", {"form": form, "page_kind": "account"}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def kept(request: HttpRequest) -> HttpResponse:
    """What could not be published after signing in: why, and the words, to copy, change or send again."""
    if kept_for(request) is None:
        return redirect("accounts:settings")
    if request.method == "POST":
        if "drop" in request.POST:
            drop_pending(request)
            messages.info(request, _("What you typed is thrown away."))
            return redirect("accounts:settings")
        change_pending(request, {name: request.POST[name] for name in ("title", "body") if name in request.POST})
        return redirect(publish_pending(request, member(request)) or "accounts:settings")
    return render(request, "accounts/kept.html", {"kept": kept_for(request)})
