import re
from typing import Any

from labelapp.formats import cells

# What a text in quotes cannot hold in YAML as it is (YAML 1.1, section 5.1), and its further line ends.
ESCAPED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def quoted(value: Any) -> str:
    """A text, or a list or object of them, in quotes, in which JSON and YAML agree."""
    return ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", cells.compact(value))
