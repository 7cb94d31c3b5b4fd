"""Cross-entropy of shares of classes, with smoothing and focusing at once."""

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("labelapp")
class ShareCrossentropy(keras.losses.Loss):
    """Softmax cross-entropy of shares of classes: of one class as a rule, of several where images are mixed.

    Args:
        label_smoothing: probability mass spread evenly over all classes, 0..1 (arXiv:1512.00567).
        focusing: how much less a sample counts that is almost right; 0 is plain cross-entropy, 2 is usual for the
            focal loss (arXiv:1708.02002).
    """

    def __init__(self, label_smoothing: float = 0.0, focusing: float = 0.0, name: str = "loss", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.label_smoothing = label_smoothing
        self.focusing = focusing

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Returns one loss a sample; `y_true` are shares, `y_pred` logits, both of shape (batch, classes)."""
        log_probabilities = ops.log_softmax(ops.cast(y_pred, "float32"), axis=-1)
        wanted = ops.cast(y_true, "float32")
        wanted = wanted * (1 - self.label_smoothing) + self.label_smoothing / wanted.shape[-1]
        terms = -wanted * log_probabilities
        if self.focusing:
            terms = terms * ops.power(1 - ops.exp(log_probabilities), self.focusing)
        return ops.sum(terms, axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same loss."""
        return {**super().get_config(), "label_smoothing": self.label_smoothing, "focusing": self.focusing}
