from .token import Token
from .user import User

__all__ = ["Token", "User"]
