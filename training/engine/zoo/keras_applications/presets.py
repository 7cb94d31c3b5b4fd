"""Keras Applications' place on the shelf: backbones with published ImageNet weights.

Parameters and operations are those of the backbone without its top, as `counting.py` counts them; accuracies those of
the whole network with the published weights, from Keras Applications' own tables and the MobileNet paper.
"""

from dataclasses import replace

from training.engine.answers import PLACES, TAGS
from training.engine.zoo.preset import Preset, Recipe, Score

_SCRATCH = Recipe(epochs=60, batch_size=32, learning_rate=1e-3, weight_decay=0.05, warmup_epochs=3, min_steps=2000)
_PRETRAINED = Recipe(
    epochs=15,
    batch_size=16,
    learning_rate=5e-3,
    weight_decay=0.02,
    warmup_epochs=1,
    freeze_epochs=5,
    fine_tune_learning_rate=1e-4,
    min_steps=600,
)
# A network this small can take larger steps, and needs more of them.
_PRETRAINED_SMALL = replace(_PRETRAINED, learning_rate=1e-2, fine_tune_learning_rate=4e-4, min_steps=900)

# Fewer images a step, for each has many answers; what comes behind the backbone is larger, and learns alone at first.
_PLACES = Recipe(
    epochs=40,
    batch_size=8,
    learning_rate=2e-3,
    weight_decay=0.02,
    warmup_epochs=1,
    freeze_epochs=6,
    fine_tune_learning_rate=1e-3,
    min_steps=800,
    dropout=0.1,
)


def _preset(
    name: str,
    title: str,
    description: str,
    good_for: str,
    parameters: int,
    gflops: float,
    source: str,
    accuracy: float,
    *,
    input_size: int = 224,
    min_size: int = 32,
    places: bool = True,
    pretrained: Recipe = _PRETRAINED,
) -> Preset:
    return Preset(
        name=name,
        title=title,
        description=description,
        good_for=good_for,
        family="keras_applications",
        tasks=(*TAGS, *(PLACES if places else ())),
        parameters=parameters,
        gflops=gflops,
        input_size=input_size,
        min_size=min_size,
        weights=("imagenet",),
        licence="Apache-2.0",
        source=source,
        scratch=_SCRATCH,
        pretrained=pretrained,
        places=_PLACES if places else None,
        scores=(Score("ImageNet, top-1 accuracy", accuracy, "published with the weights"),),
    )


PRESETS = (
    _preset(
        "mobilenet_025",
        "MobileNet 0.25",
        "Depthwise-separable convolutions at a quarter of the width.",
        "Fine-tuning on a CPU in a minute or two; the smallest pretrained model.",
        218_544,
        0.082,
        "arXiv:1704.04861",
        0.506,
        pretrained=_PRETRAINED_SMALL,
    ),
    _preset(
        "mobilenet",
        "MobileNet",
        "Depthwise-separable convolutions at full width.",
        "A good pretrained model for CPUs and phones.",
        3_228_864,
        1.14,
        "arXiv:1704.04861",
        0.704,
    ),
    _preset(
        "mobilenetv3_small",
        "MobileNetV3 Small",
        "Inverted residuals found by search, with squeeze-and-excitation.",
        "Fast fine-tuning with better features than MobileNet 0.25.",
        939_120,
        0.11,
        "arXiv:1905.02244",
        0.681,
    ),
    _preset(
        "mobilenetv3_large",
        "MobileNetV3 Large",
        "The larger network of the same search.",
        "The best accuracy that still runs well on a CPU.",
        2_996_352,
        0.428,
        "arXiv:1905.02244",
        0.756,
    ),
    _preset(
        "efficientnetv2_b0",
        "EfficientNetV2 B0",
        "Fused and plain inverted residuals, scaled together.",
        "High accuracy at moderate cost; a GPU helps.",
        5_919_312,
        1.43,
        "arXiv:2104.00298",
        0.787,
    ),
    _preset(
        "resnet50",
        "ResNet50",
        "The classic residual network of fifty layers.",
        "A well-understood reference on a GPU.",
        23_587_712,
        7.71,
        "arXiv:1512.03385",
        0.749,
    ),
    _preset(
        "vgg16",
        "VGG16",
        "Thirteen plain 3x3 convolutions; large and slow, simple features.",
        "Comparison with older work, texture-like images; needs a GPU.",
        14_714_688,
        30.7,
        "arXiv:1409.1556",
        0.713,
    ),
    _preset(
        "inceptionv3",
        "InceptionV3",
        "Parallel convolutions of several sizes at 299 px.",
        "Fine detail on a GPU.",
        21_802_784,
        11.4,
        "arXiv:1512.00567",
        0.779,
        input_size=299,
        min_size=75,
        places=False,  # its features lie on no grid of the image: convolutions without padding eat its edges
    ),
    _preset(
        "densenet121",
        "DenseNet121",
        "Every layer reads all layers before it.",
        "Small sets with subtle differences, such as medical images; a GPU helps.",
        7_037_504,
        5.67,
        "arXiv:1608.06993",
        0.750,
    ),
    _preset(
        "convnext_tiny",
        "ConvNeXt Tiny",
        "A convolutional network brought up to date with ideas from transformers.",
        "The highest accuracy of this shelf; needs a GPU.",
        27_820_128,
        8.91,
        "arXiv:2201.03545",
        0.813,
    ),
)
