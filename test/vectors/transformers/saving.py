"""Functions that make a model and save it to a folder, and return its configuration."""

import json
import re
from pathlib import Path

import transformers

# What of a config.json the sizes and the initialization depend on.
KEPT = re.compile(
    "^(model_type|architectures|tie_word_embeddings|pad_token_id|init.*|.*(size|dim|layers|heads|experts|bias|rank|channels)s?"
    "|n_(embd|head|layer|inner|ctx|positions)|d_(model|ff|kv|state|conv)|.*(_config|layernorm|factor))$"
)


def kept(config, given):
    return {key: value for key, value in config.items() if value is not None and (KEPT.match(key) or key in given)}


def hf(architecture, **options):
    """A model of transformers, from its configuration."""

    def build(folder):
        model_class = getattr(transformers, architecture)
        model = model_class(model_class.config_class(**options))
        model.save_pretrained(folder)
        return kept(json.loads((Path(folder) / "config.json").read_text()), options)

    return build


def family(**variants):
    """The variants of a family of transformers: each is an architecture and options."""
    return lambda: [(name, "transformers", hf(architecture, **options)) for name, (architecture, options) in variants.items()]
