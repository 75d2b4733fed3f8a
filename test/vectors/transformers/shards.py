"""How huggingface_hub divides models into files, and what it takes for their sizes.

    python3 shards.py

writes shards.json beside it. Needs huggingface_hub and torch. Each division has the sizes of the tensors in bytes, in
the model's order, the limit, and of each tensor the number of its file, counted from 1; or 0 where all are in one file
without a number. Two of them have their files written by save_torch_state_dict, and the index as well.
"""

import json
import random
import tempfile
from pathlib import Path

import huggingface_hub
import torch
from huggingface_hub import save_torch_state_dict
from huggingface_hub.serialization._base import parse_size_to_int, split_state_dict_into_shards_factory

SIZES = ["5GB", "500MB", "1.5GB", "0.3KB", "2TB", "10 MB", "0.1MB", "1.0005KB"]


def divided(sizes, limit):
    split = split_state_dict_into_shards_factory(
        {f"t{i:03}": size for i, size in enumerate(sizes)},
        get_storage_size=lambda size: size,
        filename_pattern="model{suffix}.safetensors",
        max_shard_size=limit,
    )
    assert split.is_sharded or list(split.filename_to_tensors) == ["model.safetensors"]
    files = [split.tensor_to_filename[f"t{i:03}"] for i in range(len(sizes))]
    numbers = [int(name[6:11]) if split.is_sharded else 0 for name in files]
    assert split.metadata == {"total_size": sum(sizes)}
    return {"sizes": sizes, "limit": limit, "files": numbers}


def saved(sizes, limit):
    """What a folder has in it where these tensors were saved, each with the names in its header."""
    state = {f"t{i:03}": torch.zeros(size // 4) for i, size in enumerate(sizes)}
    with tempfile.TemporaryDirectory() as folder:
        save_torch_state_dict(state, folder, max_shard_size=limit)
        files = {}
        for path in sorted(Path(folder).iterdir()):
            content = path.read_bytes()
            if path.suffix == ".json":
                files[path.name] = json.loads(content)
                continue
            header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
            files[path.name] = sorted(header.keys() - {"__metadata__"})
    return {"sizes": sizes, "limit": limit, "folder": files}


def main():
    chance = random.Random(7)
    cases = [([6, 6, 2, 6, 2, 2], 10), ([2, 9, 2, 9, 2], 5), ([5, 5], 10), ([10], 5), ([0, 3, 0], 3), ([3, 0, 3], 3)]
    for _ in range(40):
        limit = chance.randrange(1, 60)
        cases.append(([chance.randrange(40) for _ in range(chance.randrange(1, 16))], limit))
    out = {
        "versions": {module.__name__: module.__version__ for module in (huggingface_hub, torch)},
        "sizes": {text: parse_size_to_int(text) for text in SIZES},
        "divisions": [divided(sizes, limit) for sizes, limit in cases],
        "saved": [saved([400, 4800, 1200, 800, 2000, 40], 2000), saved([400, 800], 2000)],
    }
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in out.items()]
    Path(__file__).with_suffix(".json").write_text("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main()
