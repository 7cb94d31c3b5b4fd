from django.utils.translation import ngettext

from labelapp.projects.errors import Conflict


def require_expected(found: int, expected: int | None) -> None:
    """Whoever names images by filters has seen how many: others may have come or gone since.

    Raises:
        Conflict: there are more or fewer now.
    """
    if expected is None or found == expected:
        return
    text = ngettext(
        "{found} image matches now, not {expected}: somebody has changed something. Nothing was done; look again.",
        "{found} images match now, not {expected}: somebody has changed something. Nothing was done; look again.",
        found,
    )
    raise Conflict(text.format(found=found, expected=expected), "stale", found=found)
