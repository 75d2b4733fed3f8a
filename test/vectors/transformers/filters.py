"""What the logits processors of transformers leave of logits.

    python3 filters.py

writes filters.json beside it. Needs torch and transformers. Each case has logits, as float32, the options, and the
columns that are left, in the order in which transformers applies the processors: temperature, top-k, top-p, min-p.
"""

import json
from pathlib import Path

import torch
import transformers
from transformers import MinPLogitsWarper, TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

PROCESSORS = {
    "temperature": TemperatureLogitsWarper,
    "topK": TopKLogitsWarper,
    "topP": TopPLogitsWarper,
    "minP": MinPLogitsWarper,
}
OPTIONS = [
    {"topK": 1},
    {"topK": 5},
    {"topK": 1000},
    {"topP": 0.1},
    {"topP": 0.5},
    {"topP": 0.9},
    {"topP": 0.99},
    {"minP": 0.02},
    {"minP": 0.3},
    {"minP": 0.9},
    {"temperature": 0.5, "topP": 0.8},
    {"temperature": 2.0, "topP": 0.8},
    {"temperature": 0.7, "minP": 0.1},
    {"topK": 6, "topP": 0.7},
    {"topK": 8, "minP": 0.2},
    {"topP": 0.95, "minP": 0.1},
    {"temperature": 1.5, "topK": 10, "topP": 0.9, "minP": 0.05},
]


def left(logits, options):
    scores = logits.clone()[None]
    for name, processor in PROCESSORS.items():
        if name in options:
            scores = processor(options[name])(None, scores)
    return torch.isfinite(scores[0]).nonzero()[:, 0].tolist()


generator = torch.Generator().manual_seed(18)
cases = []
for size in (3, 12, 40):
    for spread in (0.5, 2.0):
        logits = spread * torch.randn(size, generator=generator)
        if size == 40:
            logits[::7] = -torch.inf
        masked = [x if x > -torch.inf else None for x in logits.tolist()]
        cases.append({"logits": masked, "left": [left(logits, options) for options in OPTIONS]})

result = {"transformers": transformers.__version__, "options": OPTIONS, "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
