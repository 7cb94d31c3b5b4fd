from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from labelapp.lib import icons

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """``{% icon "upload" %}``; with a label when no text beside it says the same."""
    return mark_safe(icons.svg(name, escape(label), escape(extra)))
