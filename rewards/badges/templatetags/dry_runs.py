"""What the preview of a badge says before it is saved."""

from django import template

from rewards.badges.models import Badge
from rewards.badges.qualifying import DryRun, dry_run

register = template.Library()


@register.simple_tag
def who_would_get(badge: Badge) -> DryRun | None:
    """Who would get `badge` if it were live; None for one that the team gives, or that nothing measures yet."""
    return dry_run(badge) if badge.is_automatic else None
