"""The tensors of published models, as transformers and diffusers name and shape them.

    python3 presets.py

writes presets.json beside it. Needs torch, transformers and diffusers, and no network: each model is built without
memory from the architecture's values in its published config.json; what is not given is the default of the class. Of
each it has the number of tensors and of parameters, and the SHA-256 of the lines "name sizes", such as
"model.norm.weight 2048", in the order of the names. Tied weights are there once, under the name of the embedding, and
Mixtral's experts have the names of its files, under which transformers saves them.
"""

import hashlib
import json
from pathlib import Path

import diffusers
import torch
import transformers as hf
from transformers.core_model_loading import revert_weight_conversion

SEVEN = dict(hidden_size=4096, intermediate_size=14336, num_hidden_layers=32, num_attention_heads=32)

MODELS = {
    # meta-llama/Llama-3.2-1B
    "llama-3.2-1b": lambda: hf.LlamaForCausalLM(
        hf.LlamaConfig(
            vocab_size=128256,
            hidden_size=2048,
            intermediate_size=8192,
            num_hidden_layers=16,
            num_attention_heads=32,
            num_key_value_heads=8,
            head_dim=64,
            tie_word_embeddings=True,
        )
    ),
    # meta-llama/Meta-Llama-3-8B
    "llama-3-8b": lambda: hf.LlamaForCausalLM(
        hf.LlamaConfig(vocab_size=128256, num_key_value_heads=8, tie_word_embeddings=False, **SEVEN)
    ),
    # Qwen/Qwen3-0.6B
    "qwen3-0.6b": lambda: hf.Qwen3ForCausalLM(
        hf.Qwen3Config(
            vocab_size=151936,
            hidden_size=1024,
            intermediate_size=3072,
            num_hidden_layers=28,
            num_attention_heads=16,
            num_key_value_heads=8,
            head_dim=128,
            tie_word_embeddings=True,
        )
    ),
    # google/gemma-3-1b-pt
    "gemma-3-1b": lambda: hf.Gemma3ForCausalLM(
        hf.Gemma3TextConfig(
            vocab_size=262144,
            hidden_size=1152,
            intermediate_size=6912,
            num_hidden_layers=26,
            num_attention_heads=4,
            num_key_value_heads=1,
            head_dim=256,
            tie_word_embeddings=True,
        )
    ),
    # mistralai/Mistral-7B-v0.1
    "mistral-7b": lambda: hf.MistralForCausalLM(
        hf.MistralConfig(vocab_size=32000, num_key_value_heads=8, tie_word_embeddings=False, **SEVEN)
    ),
    # mistralai/Mixtral-8x7B-v0.1
    "mixtral-8x7b": lambda: hf.MixtralForCausalLM(
        hf.MixtralConfig(
            vocab_size=32000, num_key_value_heads=8, num_local_experts=8, tie_word_embeddings=False, **SEVEN
        )
    ),
    # openai/whisper-small
    "whisper-small": lambda: hf.WhisperForConditionalGeneration(
        hf.WhisperConfig(
            vocab_size=51865,
            d_model=768,
            encoder_layers=12,
            decoder_layers=12,
            encoder_attention_heads=12,
            decoder_attention_heads=12,
            encoder_ffn_dim=3072,
            decoder_ffn_dim=3072,
            num_mel_bins=80,
            max_source_positions=1500,
            max_target_positions=448,
        )
    ),
    # openai/clip-vit-base-patch32
    "clip-vit-b32": lambda: hf.CLIPModel(
        hf.CLIPConfig(
            projection_dim=512,
            text_config=dict(
                vocab_size=49408,
                hidden_size=512,
                intermediate_size=2048,
                num_hidden_layers=12,
                num_attention_heads=8,
                max_position_embeddings=77,
            ),
            vision_config=dict(
                hidden_size=768,
                intermediate_size=3072,
                num_hidden_layers=12,
                num_attention_heads=12,
                image_size=224,
                patch_size=32,
            ),
        )
    ),
    # google-t5/t5-small
    "t5-small": lambda: hf.T5ForConditionalGeneration(
        hf.T5Config(
            vocab_size=32128,
            d_model=512,
            d_kv=64,
            d_ff=2048,
            num_layers=6,
            num_decoder_layers=6,
            num_heads=8,
            relative_attention_num_buckets=32,
            feed_forward_proj="relu",
        )
    ),
    # stable-diffusion-v1-5/stable-diffusion-v1-5, folder unet
    "sd-1.5-unet": lambda: diffusers.UNet2DConditionModel(
        sample_size=64,
        in_channels=4,
        out_channels=4,
        block_out_channels=(320, 640, 1280, 1280),
        layers_per_block=2,
        cross_attention_dim=768,
        attention_head_dim=8,
    ),
    # facebook/convnext-tiny-224
    "convnext-tiny": lambda: hf.ConvNextForImageClassification(
        hf.ConvNextConfig(depths=[3, 3, 9, 3], hidden_sizes=[96, 192, 384, 768], num_labels=1000)
    ),
}


def tensors(model):
    stored = model.state_dict()
    for tied in getattr(model, "_tied_weights_keys", None) or {}:
        if model.config.tie_word_embeddings:
            del stored[tied]
    return revert_weight_conversion(model, stored) if isinstance(model, hf.PreTrainedModel) else stored


def lines(build):
    """The tensors as "name sizes", in the order in which the model has them, and how many elements they have."""
    with torch.device("meta"):
        model = build()
    stored = tensors(model)
    count = sum(tensor.numel() for tensor in stored.values())
    assert count == sum(one.numel() for one in model.parameters())
    return [f"{name} {','.join(map(str, tensor.shape))}" for name, tensor in stored.items()], count


def described(build):
    found, count = lines(build)
    digest = hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()
    return {"tensors": len(found), "parameters": count, "sha256": digest}


def main():
    hf.logging.set_verbosity_error()
    versions = {module.__name__: module.__version__ for module in (torch, hf, diffusers)}
    models = {name: described(build) for name, build in MODELS.items()}
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps({"versions": versions, "models": models}, indent=1) + "\n")


if __name__ == "__main__":
    main()
