"""`{% slot "name" key=value %}`: shows what other apps put there."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from community.core.slots import render_slot

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, **arguments: Any) -> SafeString:
    """The HTML of all that fills the slot `name`."""
    return render_slot(name, context, **arguments)
