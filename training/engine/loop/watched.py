"""Optimisers that tell how long their gradients were."""

from typing import Any

import keras
from keras import ops


def watched(kind: type[keras.optimizers.Optimizer]) -> type[keras.optimizers.Optimizer]:
    """Returns a kind of optimiser that notes the squared length of each gradient while `watching` is not zero.

    It does so inside the compiled step, where the gradients are: nothing is computed twice, and hardly anything while
    nobody watches. Gradients are taken as they come, before they are averaged or clipped.

    Args:
        kind: any optimiser of Keras.
    """

    class Watched(kind):
        watching: keras.Variable
        squares: keras.Variable

        def build(self, variables: list[keras.Variable]) -> None:
            super().build(variables)
            self.watching = self.add_variable((), "zeros", "float32", name="watching")
            self.squares = self.add_variable((len(variables),), "zeros", "float32", name="squares")

        def apply(self, grads: list[Any], trainable_variables: list[keras.Variable] | None = None) -> None:
            gradients = list(grads)
            # A value of a condition, not an assignment within: JAX knows no other way.
            found = ops.cond(
                ops.greater(self.watching, 0), lambda: _squares(gradients), lambda: ops.convert_to_tensor(self.squares)
            )
            self.squares.assign(found)
            super().apply(gradients, trainable_variables)

    Watched.__name__ = kind.__name__
    return Watched


def _squares(gradients: list[Any]) -> Any:
    return ops.stack(
        [ops.zeros(()) if each is None else ops.sum(ops.square(ops.cast(each, "float32"))) for each in gradients]
    )
