"""The compact convolutional network's place on the shelf."""

from training.engine.zoo.preset import Preset, Recipe

PRESETS = (
    Preset(
        name="compact_cnn",
        title="Compact CNN",
        description="Four stages of 3x3 convolutions with batch normalisation, trained from scratch.",
        good_for="A first model in a minute or two on a laptop, from a few dozen images a class.",
        family="compact_cnn",
        tasks=("classification", "multilabel"),
        parameters=295_144,
        gflops=0.091,
        input_size=64,
        min_size=16,
        weights=(),
        licence="MIT",
        source="Own design, after VGG (arXiv:1409.1556) with batch normalisation (arXiv:1502.03167)",
        scratch=Recipe(epochs=30, batch_size=32, learning_rate=2e-3, weight_decay=0.05, warmup_epochs=2, min_steps=900),
        pretrained=Recipe(
            epochs=20,
            batch_size=32,
            learning_rate=2e-3,
            weight_decay=0.05,
            freeze_epochs=2,
            fine_tune_learning_rate=5e-4,
            min_steps=500,
        ),
    ),
)
