"""Models of images and sound."""

import torch
import torchvision
from saving import family, hf, timm_model, torchvision_model

VIT = dict(hidden_size=48, num_hidden_layers=2, num_attention_heads=4, intermediate_size=80, image_size=32, patch_size=8)
TEXT = dict(vocab_size=96, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=20)
VISION = dict(hidden_size=40, intermediate_size=72, num_hidden_layers=3, num_attention_heads=4, image_size=32, patch_size=8)
WHISPER = dict(
    vocab_size=96, num_mel_bins=16, d_model=48, encoder_layers=2, encoder_attention_heads=4, decoder_layers=2,
    decoder_attention_heads=4, encoder_ffn_dim=80, decoder_ffn_dim=72, max_source_positions=50, max_target_positions=40,
    pad_token_id=5, bos_token_id=5, eos_token_id=5, decoder_start_token_id=6,
)  # fmt: skip
TIMM_VIT = dict(img_size=32, patch_size=8, embed_dim=48, depth=3, num_heads=4, num_classes=10)
TORCHVISION_VIT = dict(image_size=32, patch_size=8, num_layers=2, num_heads=4, hidden_dim=48, mlp_dim=80, num_classes=10)
STAGES = dict(num_stages=2, hidden_sizes=[24, 32], depths=[1, 2], num_labels=10)


def vit():
    return [
        ("classifier", "transformers", hf("ViTForImageClassification", **VIT, num_labels=10)),
        ("base", "transformers", hf("ViTModel", **VIT, initializer_range=0.05)),
        ("timm", "timm", timm_model("vit_small_patch16_224", **TIMM_VIT)),
        ("timm_jax", "timm", timm_model("vit_small_patch16_224", **TIMM_VIT, weight_init="jax", init_values=1e-5)),
        ("torchvision", "torchvision", torchvision_model(torchvision.models.VisionTransformer, **TORCHVISION_VIT)),
    ]


def convnext():
    blocks = torchvision.models.convnext.CNBlockConfig
    return [
        ("classifier", "transformers", hf("ConvNextForImageClassification", **STAGES)),
        ("wide", "transformers", hf("ConvNextForImageClassification", **STAGES, initializer_range=0.05, layer_scale_init_value=0.1)),
        ("timm", "timm", timm_model("convnext_tiny", depths=[1, 1, 2, 1], dims=[16, 24, 32, 40], num_classes=10)),
        (
            "torchvision",
            "torchvision",
            torchvision_model(
                torchvision.models.ConvNeXt, block_setting=Blocks([blocks(16, 24, 1), blocks(24, None, 2)]), num_classes=10
            ),
        ),
    ]


class Blocks(list):
    """Stages of torchvision's ConvNeXt; callable, so that they are left out of the configuration."""

    def __call__(self):
        return self


def resnet():
    sizes = dict(embedding_size=16, hidden_sizes=[24, 32], depths=[1, 2], num_labels=10)
    return [
        ("bottleneck", "transformers", hf("ResNetForImageClassification", **sizes)),
        ("basic", "transformers", hf("ResNetForImageClassification", **sizes, layer_type="basic")),
        ("timm", "timm", timm_model("resnet18", channels=[16, 24, 32, 40], num_classes=10)),
        ("timm_bottleneck", "timm", timm_model("resnet50", layers=[1, 1, 2, 1], channels=[8, 12, 16, 20], num_classes=10)),
        (
            "torchvision",
            "torchvision",
            torchvision_model(
                torchvision.models.ResNet, block=torchvision.models.resnet.Bottleneck, layers=[1, 1, 2, 1],
                num_classes=10, width_per_group=8,
            ),  # fmt: skip
        ),
    ]


FAMILIES = {
    "whisper": family(
        generation=("WhisperForConditionalGeneration", WHISPER),
        wide=("WhisperForConditionalGeneration", dict(**WHISPER, init_std=0.05)),
        classifier=("WhisperForAudioClassification", dict(**WHISPER, use_weighted_layer_sum=True, num_labels=3)),
    ),
    "clip": family(
        clip=("CLIPModel", dict(text_config=TEXT, vision_config=VISION, projection_dim=32)),
        factor=(
            "CLIPModel",
            dict(
                text_config=dict(**TEXT, initializer_factor=0.5), vision_config=dict(**VISION, initializer_factor=2.0, initializer_range=0.05),
                projection_dim=32, initializer_factor=3.0, logit_scale_init_value=4.0,
            ),
        ),
        text=("CLIPTextModel", dict(**TEXT, initializer_factor=0.5)),
        text_projection=("CLIPTextModelWithProjection", dict(**TEXT, projection_dim=32)),
        vision=("CLIPVisionModel", dict(**VISION, initializer_factor=0.5, initializer_range=0.05)),
        vision_projection=("CLIPVisionModelWithProjection", dict(**VISION, projection_dim=32)),
    ),
    "vit": vit,
    "convnext": convnext,
    "resnet": resnet,
}  # fmt: skip
