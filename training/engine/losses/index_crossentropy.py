"""Cross-entropy of class indices, with what Keras offers for one-hot targets only."""

from typing import Any

import keras
from keras import ops


@keras.saving.register_keras_serializable("labelapp")
class IndexCrossentropy(keras.losses.Loss):
    """Softmax cross-entropy of class indices, with label smoothing and focusing.

    Args:
        classes: number of classes.
        label_smoothing: probability mass spread evenly over all classes, 0..1 (arXiv:1512.00567).
        focusing: how much less a sample counts that is almost right; 0 is plain cross-entropy, 2 is usual for the
            focal loss (arXiv:1708.02002).
    """

    def __init__(
        self, classes: int, label_smoothing: float = 0.0, focusing: float = 0.0, name: str = "loss", **kwargs: Any
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.classes = classes
        self.label_smoothing = label_smoothing
        self.focusing = focusing

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Returns one loss a sample; `y_true` has shape (batch,), `y_pred` are logits of shape (batch, classes)."""
        log_probabilities = ops.log_softmax(ops.cast(y_pred, "float32"), axis=-1)
        wanted = ops.one_hot(ops.reshape(y_true, (-1,)), self.classes, dtype="float32")
        wanted = wanted * (1 - self.label_smoothing) + self.label_smoothing / self.classes
        terms = -wanted * log_probabilities
        if self.focusing:
            terms = terms * ops.power(1 - ops.exp(log_probabilities), self.focusing)
        return ops.sum(terms, axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments to build the same loss."""
        own = {"classes": self.classes, "label_smoothing": self.label_smoothing, "focusing": self.focusing}
        return {**super().get_config(), **own}
