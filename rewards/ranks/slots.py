"""What ranks show on the pages of lower floors."""

from typing import Any

from django.template import Context
from django.template.loader import render_to_string

from community.accounts.models import User
from community.core.slots import fills
from rewards.ranks.asking import progress_of
from rewards.ranks.history import latest_changes


@fills("member.badges")
def way_to_the_next_rank(context: Context, member: User, **_arguments: Any) -> str:
    """How far one is oneself; nobody else sees it."""
    reader = context.get("user")
    if reader is None or reader.pk != member.pk:
        return ""
    progress = progress_of(member)
    return render_to_string("ranks/progress.html", {"progress": progress}) if progress else ""


@fills("reputation.more")
def my_rank(context: Context, member: User, **_arguments: Any) -> str:
    """The rank, what the next one asks, and how one came here."""
    progress = progress_of(member)
    if progress is None:
        return ""
    return render_to_string("ranks/my_rank.html", {"progress": progress, "changes": latest_changes(member)})
