"""Errors that a person can act on, and the translation of those that libraries raise."""

import errno


class EngineError(Exception):
    """A failure with a code for programs, a sentence for people and what to do about it.

    Args:
        code: one word of snake_case, stable: `too_few_images`, `diverged`, ...
        message: what happened, as a sentence.
        hint: what to do, as a sentence; may be empty.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


_MEMORY_SIGNS = ("resource_exhausted", "resourceexhausted", "out of memory", "oom when allocating", "bad_alloc")


def translate(error: BaseException, batch_size: int | None = None) -> EngineError:
    """Returns what an exception means for the person who started the run.

    Libraries are told apart by name and text, so that none has to be imported here.

    Args:
        error: any exception.
        batch_size: the run's batch size; a lack of memory is answered with half of it.
    """
    if isinstance(error, EngineError):
        return error
    text = f"{type(error).__name__} {error}".lower()
    # First: TensorFlow calls a full disk an exhausted resource, as it does memory; h5py gives no error number.
    if (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)) or "no space left" in text:
        return EngineError(
            "disk_full",
            "The disk is full; the run could not write its files.",
            "Free some space, or point the cache and output folders at a larger disk, and resume the run.",
        )
    if isinstance(error, MemoryError) or any(sign in text for sign in _MEMORY_SIGNS):
        smaller = f"a batch size of {max(1, batch_size // 2)}" if batch_size else "a smaller batch size"
        return EngineError(
            "out_of_memory",
            "The machine ran out of memory.",
            f"Try {smaller}, a smaller image size or a smaller model.",
        )
    return EngineError("internal", f"{type(error).__name__}: {error}", "The log has the details; please report this.")
