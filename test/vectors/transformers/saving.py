"""Functions that make a model and save it to a folder, and return its configuration."""

import json
import re
from pathlib import Path

import diffusers
import peft
import safetensors.torch
import timm
import torchvision
import transformers

# What of a config.json the sizes and the initialization depend on.
KEPT = re.compile(
    "^(model_type|architectures|tie_word_embeddings|pad_token_id|init.*|time_step.*|.*(size|dim|layers|heads|experts|bias|rank|channels)s?"
    "|n_(embd|head|layer|inner|ctx|positions)|d_(model|ff|kv|state|conv)|.*(_config|layernorm|factor))$"
)


def kept(config, given):
    """What is kept of a config.json, with what of it was given."""
    return {
        key: kept(value, given.get(key) or {}) if isinstance(value, dict) else value
        for key, value in config.items()
        if value is not None and (KEPT.match(key) or key in given)
    }


def hf(architecture, forced={}, **options):
    """A model of transformers, from its configuration. What is forced is set after the configuration is made."""

    def build(folder):
        model_class = getattr(transformers, architecture)
        config = model_class.config_class(**options)
        for key, value in forced.items():
            setattr(config, key, value)
        model = model_class(config)
        model.save_pretrained(folder)
        return kept(json.loads((Path(folder) / "config.json").read_text()), options)

    return build


def family(**variants):
    """The variants of a family of transformers: each is an architecture and options."""
    return lambda: [(name, "transformers", hf(architecture, **options)) for name, (architecture, options) in variants.items()]


def diffusion(name, **options):
    """A model of diffusers."""

    def build(folder):
        getattr(diffusers, name)(**options).save_pretrained(folder)
        config = json.loads((Path(folder) / "config.json").read_text())
        return {key: value for key, value in config.items() if key == "_class_name" or key in options}

    return build


def timm_model(name, **options):
    """A model of timm, whose config.json has the architecture, and the arguments as model_args."""

    def build(folder):
        model = timm.create_model(name, **options)
        safetensors.torch.save_file(model.state_dict(), Path(folder) / "model.safetensors")
        return {"architecture": name, "model_args": options}

    return build


def torchvision_model(make, **options):
    """A model of torchvision, which has no configuration."""

    def build(folder):
        safetensors.torch.save_file(make(**options).state_dict(), Path(folder) / "model.safetensors")
        return {"function": make.__name__, **{key: value for key, value in options.items() if not callable(value)}}

    return build


def lora(architecture, adapter, **options):
    """A LoRA adapter of peft on a model of transformers. Only the adapter is saved."""

    def build(folder):
        model_class = getattr(transformers, architecture)
        model = model_class(model_class.config_class(**options))
        peft.get_peft_model(model, peft.LoraConfig(**adapter)).save_pretrained(folder)
        config = json.loads((Path(folder) / "adapter_config.json").read_text())
        return {key: config[key] for key in sorted({"peft_type", *adapter}) if config[key] is not None}

    return build
