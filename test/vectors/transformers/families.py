"""How frameworks initialize the tensors of the checkpoints that they save.

    python3 families.py [family ...]

writes families_*.json beside it; with names, only their families are made again. The models are in catalog.py. Needs torch, torchvision, transformers, diffusers, timm and peft.

Each model is made small, from its configuration, and saved. So the names, shapes and types are those of the file that
the framework saves: tied weights have one name, buffers that are not persistent have none. What fills a tensor is found
in two ways that must agree:

- tracing.py follows what the framework does with every element, so the numbers are its own;
- the files of further seeds, saved without a tracer, are held against it: the constants must be equal, and the values
  of all tensors of one pattern must pass a Kolmogorov-Smirnov test, together and, where they are many, have the
  standard deviation to 3 %.

The format: {"versions": {...}, "families": {family: [variant, ...]}}, and a variant is

    {"name": "untied", "framework": "transformers", "config": {...}, "fills": [...],
     "tensors": [[pattern, shape, fill, blocks, dtype], ...]}

- `config` has of config.json what the sizes and the initialization depend on. For timm and torchvision, where there is
  no such file, it has the arguments of the constructor.
- A pattern is a name with `*` in place of numbers, and `blocks` has the numbers: a count n for 0 to n - 1, a list, or for
  several stars a list of lists. It is left out, or null, where the pattern is a name.
- `dtype` is left out where it is F32.
- `fill` is an index in `fills`: "zeros", "ones", {"constant": value}, {"normal": stddev, "mean"},
  {"uniform": [low, high]}, {"truncated_normal": stddev, "mean", "lower", "upper"} with bounds in standard deviations
  from the mean, {"table": [values], "at": [indices], "formula"} for values that every seed shares, of which some are
  given by their row-major indices, {"parts": [[count, fill], ...]}
  for elements that follow one another in row-major order, {"softplus_inverse_log_uniform": [low, high], "floor"} for
  the inverse of softplus of max(floor, exp(uniform(log low, log high))), and null for a tensor of which only the header
  is known. A mean of 0 is left out. `by` is the function that filled it, where it has a name.
- The tensors of a file are in the order of safetensors: by the width of their types, then by name.
"""

import itertools
import json
import math
import re
import sys
import tempfile
from pathlib import Path

import diffusers
import peft
import safetensors
import safetensors.torch
import timm
import torch
import torchvision
import transformers
from catalog import COMPUTED, FILES
from tracing import Tracer

HERE = Path(__file__).parent
SEEDS = range(4)
LIBRARIES = [torch, torchvision, transformers, diffusers, timm, peft, safetensors]
DTYPES = {torch.float32: "F32", torch.int64: "I64", torch.bfloat16: "BF16", torch.float16: "F16", torch.bool: "BOOL"}
# Where safetensors sorts the types of these models.
WIDTHS = {"BOOL": 0, "F16": 1, "BF16": 2, "F32": 3, "I64": 4}


def saved(build, seed):
    """The tensors that a model saves, and its config.json."""
    torch.manual_seed(seed)
    with tempfile.TemporaryDirectory() as folder:
        config = build(folder)
        (file,) = Path(folder).rglob("*.safetensors")
        with safetensors.safe_open(file, "pt") as reader:
            tensors = {name: reader.get_tensor(name) for name in reader.keys()}
        data = file.read_bytes()
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    header.pop("__metadata__", None)
    names = sorted(header, key=lambda name: header[name]["data_offsets"])
    order = sorted(header, key=lambda name: (-WIDTHS[header[name]["dtype"]], name))
    assert names == order, "the file is in another order"
    return {name: tensors[name] for name in names}, config


def describe(build):
    """The configuration, and for each tensor its shape, type and fill."""
    with Tracer() as tracer:
        first, config = saved(build, SEEDS[0])
    files = [saved(build, seed)[0] for seed in SEEDS]
    assert list(first) == list(files[0]) and set(first) == set(tracer.saved)
    rows = []
    for name, tensor in first.items():
        assert torch.equal(tensor, files[0][name]), f"{name}: the tracer changes values"
        samples = torch.stack([file[name] for file in files])
        fill = fill_of(name, samples, tracer.saved[name].reshape(-1).tolist(), tracer.fills, config)
        rows.append((name, list(tensor.shape), DTYPES[tensor.dtype], fill, samples))
    verify(rows)
    return config, [row[:4] for row in rows]


def fill_of(name, samples, labels, fills, config):
    runs = [(index, len(list(run))) for index, run in itertools.groupby(labels)]
    assert 1 <= len(runs) <= 8, f"{name} has {len(runs)} runs"
    if len(runs) > 1:
        assert all(index != 0 for index, _ in runs), f"{name} is not followed"
        return {"parts": [[count, plain(fills[index])] for index, count in runs]}
    if runs[0][0] != 0:
        return plain(fills[runs[0][0]])
    computed = next((fill for pattern, fill in COMPUTED.items() if re.search(pattern, name)), None)
    if computed and "formula" not in computed:
        return computed["fill"](config)
    assert (samples == samples[:1]).all(), f"{name} is random, and not followed"
    values = samples[0].reshape(-1)
    if (values == values[0]).all():
        return plain({"constant": values[0].item()})
    if computed:
        assert torch.allclose(samples[0], computed["table"](samples[0].shape)), name
    places = torch.linspace(0, len(values) - 1, 8).round().long().unique()
    table = {"table": values[places].tolist(), "at": places.tolist()}
    return {**table, "formula": computed["formula"]} if computed else table


def plain(fill):
    """A fill in the format of the files."""
    if "constant" in fill:
        return {0: "zeros", 1: "ones"}.get(fill["constant"], {"constant": fill["constant"]})
    return {key: value for key, value in fill.items() if key != "mean" or value != 0}


def verify(rows):
    """Holds the values of all tensors of a pattern against their fill."""
    pools = {}
    for name, _, _, fill, samples in rows:
        flat = samples.reshape(len(SEEDS), -1)
        parts = fill["parts"] if "parts" in fill else [[flat.shape[1], fill]]
        for values, (_, part) in zip(flat.split([count for count, _ in parts], dim=1), parts):
            pools.setdefault((star(name), json.dumps(part)), []).append(values.reshape(-1).double())
    for (pattern, fill), values in pools.items():
        check(pattern, json.loads(fill), torch.cat(values))


def check(pattern, fill, values):
    if fill in ("zeros", "ones") or "constant" in fill:
        value = {"zeros": 0, "ones": 1}[fill] if isinstance(fill, str) else fill["constant"]
        assert (values == torch.tensor(value, dtype=torch.float32)).all(), f"{pattern} is not {fill}"
        return
    if "table" in fill:
        return
    law = law_of(fill, values)
    sorted_law = law.sort().values
    n = len(values)
    steps = torch.arange(n, dtype=torch.float64) / n
    distance = max((sorted_law - steps).max(), (steps + 1 / n - sorted_law).max()).item()
    # A larger distance has a probability of 2 exp(-2 * 2.5^2), 7e-6.
    assert distance * math.sqrt(n) < 2.5, f"{pattern} of {n} values is not {fill}: {distance * math.sqrt(n)}"
    if n > 4000 and "normal" in fill:
        ratio = values.std().item() / fill["normal"]
        assert abs(ratio - 1) < 0.03 + 3 / math.sqrt(n), f"{pattern}: {ratio} of the deviation"


def law_of(fill, values):
    """The values through the distribution function of their fill, which makes them uniform in [0, 1]."""
    if "uniform" in fill:
        low, high = fill["uniform"]
        return (values - low) / (high - low)
    if "softplus_inverse_log_uniform" in fill:
        low, high = fill["softplus_inverse_log_uniform"]
        assert fill["floor"] <= low
        steps = torch.log1p(torch.exp(values))
        return (steps.log() - math.log(low)) / (math.log(high) - math.log(low))
    std = fill.get("normal") or fill["truncated_normal"]
    normal = torch.special.ndtr((values - fill.get("mean", 0)) / std)
    if "normal" in fill:
        return normal
    low, high = torch.special.ndtr(torch.tensor([fill["lower"], fill["upper"]], dtype=torch.float64))
    return (normal - low) / (high - low)


def star(name):
    return re.sub(r"(?<![^.])\d+(?![^.])", "*", name)


def variant(name, framework, config, rows):
    """The tensors by patterns, in the order of their first names."""
    fills, groups = [], {}
    for tensor, shape, dtype, fill in rows:
        if fill not in fills:
            fills.append(fill)
        numbers = [int(part) for part in tensor.split(".") if part.isdecimal()]
        groups.setdefault((star(tensor), tuple(shape), fills.index(fill), dtype), []).append((tensor, numbers))
    tensors = []
    for (pattern, shape, fill, dtype), members in groups.items():
        blocks = [numbers for _, numbers in members]
        if len(members) == 1:
            pattern, blocks = members[0][0], None
        elif pattern.count("*") == 1:
            blocks = sorted(number for (number,) in blocks)
            blocks = len(blocks) if blocks == list(range(len(blocks))) else blocks
        row = [pattern, list(shape), fill, blocks, dtype]
        while row[-1] in (None, "F32"):
            row.pop()
        tensors.append(row)
    return {"name": name, "framework": framework, "config": config, "fills": fills, "tensors": tensors}


def text(result):
    """JSON with a tensor a line."""
    compact = lambda value: json.dumps(value, separators=(",", ":"))  # noqa: E731
    lines = [f'{{"versions":{compact(result["versions"])},"families":{{']
    for i, (family, variants) in enumerate(result["families"].items()):
        lines.append(f'{"," if i else ""}{compact(family)}:[')
        for j, one in enumerate(variants):
            head = compact({key: value for key, value in one.items() if key != "tensors"})[:-1]
            lines.append(f'{"," if j else ""}{head},"tensors":[')
            lines += [compact(row) + ("," if row is not one["tensors"][-1] else "") for row in one["tensors"]]
            lines.append("]}")
        lines.append("]")
    return "\n".join(lines) + "\n}}\n"


def main():
    torch.set_num_threads(1)
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    for file, families in FILES.items():
        path = HERE / f"families_{file}.json"
        old = json.loads(path.read_text())["families"] if path.exists() and sys.argv[1:] else {}
        done = {}
        for family, variants in families.items():
            if sys.argv[1:] and family not in sys.argv[1:]:
                if family in old:
                    done[family] = old[family]
                continue
            done[family] = []
            for name, framework, build in variants():
                print(family, name, flush=True)
                if isinstance(build, tuple):
                    config, rows = build
                else:
                    config, rows = describe(build)
                done[family].append(variant(name, framework, config, rows))
        versions = {library.__name__: library.__version__ for library in LIBRARIES}
        path.write_text(text({"versions": versions, "families": done}))


if __name__ == "__main__":
    main()
