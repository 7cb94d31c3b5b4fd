from django.urls import NoReverseMatch, reverse


def address_of(page: str, *args) -> str:
    """The address of a page that a room to the right may have; empty where it has none."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
