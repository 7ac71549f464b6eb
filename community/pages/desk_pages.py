"""Pages of the desk that are ours, and their entries in its menu: each for those who hold one permission."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.core.errors import PermissionDenied


class DeskPageView(WagtailAdminTemplateMixin, TemplateView):
    """A page for those who hold `permission`; others read the sentence `refusal`."""

    permission: str
    refusal: str | Promise

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those through who may."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied(self.refusal)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The desk's home, then this page: Wagtail shows the last one as the heading."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class PermittedMenuItem(MenuItem):
    """An entry for those who hold `permission`."""

    def __init__(self, label: str | Promise, url: str, *, permission: str, **more: Any) -> None:
        super().__init__(label, url, **more)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the visitor does."""
        return request.user.has_perm(self.permission)
