from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Remark:
    """A few words in the place of a row's status, where that alone would say too much or too little."""

    tone: Literal["danger", "warning", "info", "muted"]
    text: str
