"""What can be built on the compact encoder."""

from training.engine.answers import THINGS
from training.engine.zoo.preset import Preset, Recipe

PRESETS = (
    Preset(
        name="compact_detector",
        title="Compact detector",
        description="A small residual network whose fine and coarse features meet in a pyramid, trained from scratch.",
        good_for="A first detector in a quarter of an hour on a laptop, from a few hundred boxes a class.",
        family="compact_encoder",
        tasks=THINGS,
        parameters=912_880,
        gflops=1.0,
        input_size=320,
        min_size=64,
        weights=(),
        licence="MIT",
        source="Own design, after Objects as Points (arXiv:1904.07850) and FCOS (arXiv:1904.01355)",
        scratch=Recipe(
            epochs=60, batch_size=8, learning_rate=2e-3, weight_decay=0.05, warmup_epochs=2, min_steps=800, dropout=0.0
        ),
        pretrained=Recipe(
            epochs=40, batch_size=8, learning_rate=1e-3, weight_decay=0.05, warmup_epochs=1, min_steps=500,
            fine_tune_learning_rate=1e-3, dropout=0.0,
        ),
    ),
    Preset(
        name="compact_unet",
        title="Compact U-Net",
        description="The same small network as encoder, and a decoder that goes back to half the input's resolution.",
        good_for="A first segmentation in ten minutes on a laptop, from a few dozen labelled images.",
        family="compact_encoder",
        tasks=("segmentation",),
        parameters=912_880,
        gflops=1.0,
        input_size=320,
        min_size=64,
        weights=(),
        licence="MIT",
        source="Own design, after U-Net (arXiv:1505.04597) and Feature Pyramid Networks (arXiv:1612.03144)",
        scratch=Recipe(
            epochs=60, batch_size=4, learning_rate=2e-3, weight_decay=0.05, warmup_epochs=2, min_steps=800, dropout=0.1
        ),
        pretrained=Recipe(
            epochs=40, batch_size=4, learning_rate=1e-3, weight_decay=0.05, warmup_epochs=1, min_steps=500,
            fine_tune_learning_rate=1e-3, dropout=0.1,
        ),
    ),
)  # fmt: skip
