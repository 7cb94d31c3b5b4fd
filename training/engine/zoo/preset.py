"""What the shelf says about a model before anyone builds it."""

from dataclasses import dataclass, replace

from training.engine.answers import PLACES

SIZE_STEP = 16  # pixels: what most backbones halve without a rest
PLACES_SIZE = 320


@dataclass(frozen=True)
class Recipe:
    """The settings a preset trains well with when a spec leaves them empty.

    Args:
        epochs: passes over the training images, on a set of ordinary size.
        batch_size: images a step.
        learning_rate: peak of the schedule; of the head's stage where the backbone starts frozen.
        weight_decay: decoupled decay a step, as a share of the learning rate.
        label_smoothing: probability mass spread over the other classes, 0..1.
        warmup_epochs: epochs over which the learning rate rises from zero.
        freeze_epochs: epochs in which only the head learns.
        fine_tune_learning_rate: peak once the backbone learns too.
        min_steps: a small set gets more epochs, until this many steps are made.
        dropout: share of the pooled features dropped in training.
    """

    epochs: int
    batch_size: int
    learning_rate: float
    weight_decay: float = 0.01
    label_smoothing: float = 0.1
    warmup_epochs: float = 1.0
    freeze_epochs: int = 0
    fine_tune_learning_rate: float = 0.0
    min_steps: int = 0
    dropout: float = 0.2

    def epochs_for(self, train_images: int | None, batch_size: int) -> int:
        """Returns the epochs for a set of this size: at least `epochs`, at most ten times as many."""
        if train_images is None:
            return self.epochs
        steps = max(1, -(-train_images // batch_size))
        return min(max(self.epochs, -(-self.min_steps // steps)), 10 * self.epochs)


@dataclass(frozen=True)
class Score:
    """What a model reached on a public set that others can check.

    Args:
        on: the set and the figure.
        value: 0..1, of the test or validation images.
        source: who measured it.
    """

    on: str
    value: float
    source: str


@dataclass(frozen=True)
class Preset:
    """One model of the shelf, as data: readable without Keras.

    Args:
        name: what a spec calls it.
        title: what a person calls it.
        description: one or two sentences on how it is made.
        good_for: when to choose it.
        family: the folder under `zoo/` that builds it.
        tasks: the tasks it can be trained for.
        parameters: weights of the backbone, without the head.
        gflops: billions of operations for one image at `input_size`; a multiply-add counts as two.
        input_size: longer edge of the input in pixels, when a spec names none.
        min_size: the smallest edge it can be built for.
        weights: names of published weights, besides a local file.
        licence: of the architecture's code and the named weights.
        source: the paper or page it comes from.
        scratch: recipe without weights.
        pretrained: recipe on top of loaded weights.
        scores: what was measured, the one to compare by first; none where nothing was.
        places: recipe on top of loaded weights for tasks whose answers have places; None: as for the others. Without
            weights nothing is frozen.
    """

    name: str
    title: str
    description: str
    good_for: str
    family: str
    tasks: tuple[str, ...]
    parameters: int
    gflops: float
    input_size: int
    min_size: int
    weights: tuple[str, ...]
    licence: str
    source: str
    scratch: Recipe
    pretrained: Recipe
    places: Recipe | None = None
    scores: tuple[Score, ...] = ()

    def input_size_for(self, task: str, largest_edge: int | None, pretrained: bool) -> int:
        """Returns the input's edge, in pixels.

        Args:
            task: what is to be learnt.
            largest_edge: of the images: small ones are not magnified. None: larger than any input.
            pretrained: whether weights are loaded; for an image as a whole, they know it at their own size alone.
        """
        own = max(self.input_size, PLACES_SIZE) if task in PLACES else self.input_size
        if largest_edge is None or (pretrained and task not in PLACES):
            return own
        return min(own, max(self.min_size, -(-largest_edge // SIZE_STEP) * SIZE_STEP))

    def recipe(self, task: str, pretrained: bool) -> Recipe:
        """Returns the recipe that fits a task and a start from loaded weights, or from scratch."""
        if task in PLACES and self.places:
            return self.places if pretrained else replace(self.places, freeze_epochs=0)
        return self.pretrained if pretrained else self.scratch
