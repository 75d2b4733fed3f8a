"""What filled each element of a tensor, followed through PyTorch's operations.

A Tracer is a context. Each storage that operations inside of it write has a shadow: one label per element, the index of
a fill in `fills`. What fills sets labels, what moves elements moves their labels, too, and what scales or shifts maps
their fills. Label 0 is for values of any other origin.
"""

import math
import sys

import safetensors.torch
import timm.layers.weight_init
import torch
from torch.utils._python_dispatch import TorchDispatchMode

# Bounds that are further away than this, in standard deviations, cut nothing (a probability of 1e-15).
NO_CUT = 8

CONSTANTS = {"zeros": 0, "zeros_like": 0, "new_zeros": 0, "zero_": 0, "ones": 1, "ones_like": 1, "new_ones": 1}
MOVES = {"clone", "_to_copy", "cat", "stack", "index_select", "repeat", "_reshape_copy", "view_copy", "transpose_copy"}
SCALES = {"mul", "mul_", "div", "div_"}
SHIFTS = {"add", "add_", "sub", "sub_"}


def truncated_normal(mean, std, a, b):
    lower, upper = (a - mean) / std, (b - mean) / std
    if min(-lower, upper) > NO_CUT:
        return normal(mean, std)
    return {"truncated_normal": std, "mean": mean, "lower": lower, "upper": upper}


def normal(mean, std):
    return {"normal": std, "mean": mean} if std != 0 else {"constant": mean}


def scaled(fill, factor, shift):
    """The fill of values times a factor, plus a shift."""
    fill = dict(fill)
    if "constant" in fill:
        fill["constant"] = fill["constant"] * factor + shift
    elif "uniform" in fill:
        fill["uniform"] = sorted(bound * factor + shift for bound in fill["uniform"])
    else:
        kind = "normal" if "normal" in fill else "truncated_normal"
        fill[kind] *= abs(factor)
        fill["mean"] = fill["mean"] * factor + shift
        if factor < 0 and kind == "truncated_normal":
            fill["lower"], fill["upper"] = -fill["upper"], -fill["lower"]
    return fill


def number(value):
    """A Python number, or None for what is none."""
    if isinstance(value, torch.Tensor):
        return value.item() if value.ndim == 0 else None
    return value if isinstance(value, (int, float)) else None


def function():
    """The function of torch.nn.init, transformers or timm that fills, by its innermost public frame."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_filename.endswith(("torch/nn/init.py", "layers/weight_init.py")):
            name = frame.f_code.co_name
            if not name.startswith("_") and name.endswith("_"):
                return name
        frame = frame.f_back
    return None


class Tracer(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.fills = [None]
        self.shadows = {}
        self.saved = {}

    def label(self, fill):
        """The index of a fill, with the function that asked for it."""
        by = function()
        if by and "constant" not in fill:
            fill = {**fill, "by": by}
        if fill not in self.fills:
            self.fills.append(fill)
        return self.fills.index(fill)

    def labels(self, tensor):
        """The labels of a tensor's elements: a view of the shadow of its storage."""
        storage = tensor.untyped_storage()
        elements = storage.nbytes() // tensor.element_size()
        if storage._cdata not in self.shadows:
            self.shadows[storage._cdata] = (torch.zeros(elements, dtype=torch.int32), storage)
        shadow = self.shadows[storage._cdata][0]
        return shadow.as_strided(tensor.size(), tensor.stride(), tensor.storage_offset())

    def map(self, out, given, change):
        labels = self.labels(given).clone()
        result = torch.zeros_like(labels)
        for index in labels.unique().tolist():
            if index != 0:
                fill = change(self.fills[index])
                if fill not in self.fills:
                    self.fills.append(fill)
                result[labels == index] = self.fills.index(fill)
        self.labels(out).copy_(result)

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        name = func.overloadpacket.__name__
        # An argument may be written by the call, so what it was is read before.
        other = number(args[1]) if len(args) > 1 else None
        out = func(*args, **kwargs)
        if not isinstance(out, torch.Tensor):
            return out
        if name in CONSTANTS:
            self.labels(out).fill_(self.label({"constant": CONSTANTS[name]}))
        elif name in ("fill_", "full", "full_like", "new_full", "scalar_tensor") and not kwargs.get("names"):
            value = number(args[0] if name == "scalar_tensor" else args[2] if name == "new_full" else args[1])
            self.labels(out).fill_(self.label({"constant": value}) if value is not None else 0)
        elif name in ("randn", "randn_like"):
            self.labels(out).fill_(self.label(normal(0, 1)))
        elif name in ("rand", "rand_like"):
            self.labels(out).fill_(self.label({"uniform": [0, 1]}))
        elif name == "normal_":
            self.labels(out).fill_(self.label(normal(*pair(args, kwargs, ("mean", "std"), (0, 1)))))
        elif name == "uniform_":
            self.labels(out).fill_(self.label({"uniform": list(pair(args, kwargs, ("from", "to"), (0, 1)))}))
        elif name == "copy_":
            source = args[1]
            self.labels(out).copy_(self.labels(source).expand(out.shape) if source.ndim else self.labels(source))
        elif name in MOVES:
            self.move(func, name, out, args, kwargs)
        elif name in SCALES and other is not None:
            factor = 1 / other if name.startswith("div") and other else other
            self.map(out, args[0], lambda fill: scaled(fill, factor, 0))
        elif name in SHIFTS and other is not None:
            shift = -other if name.startswith("sub") else other
            self.map(out, args[0], lambda fill: scaled(fill, 1, shift))
        elif name.endswith("_") and not name.startswith("_") and name not in ("detach_", "requires_grad_"):
            self.labels(out).fill_(0)
        return out

    def move(self, func, name, out, args, kwargs):
        if name in ("clone", "_to_copy"):
            self.labels(out).copy_(self.labels(args[0]))
            return
        shadows = [self.labels(arg) for arg in args[0]] if name in ("cat", "stack") else self.labels(args[0])
        self.labels(out).copy_(func(shadows, *args[1:], **kwargs))

    def __enter__(self):
        self.patched = [
            (torch.nn.init, "_no_grad_trunc_normal_"),
            (timm.layers.weight_init, "_trunc_normal_"),
            (safetensors.torch, "_flatten_as_ptr"),
        ]
        self.originals = [getattr(module, name) for module, name in self.patched]
        truncated, truncated_by_timm, flatten = self.originals

        # Truncated normals are drawn in many steps, so they count as one.
        def trunc_normal(draw):
            def wrapped(tensor, mean, std, a, b, **options):
                result = draw(tensor, mean, std, a, b, **options)
                self.labels(tensor).fill_(self.label(truncated_normal(mean, std, a, b)))
                return result

            return wrapped

        def flatten_as_ptr(tensors, *others):
            self.saved = {name: self.labels(tensor).clone() for name, tensor in tensors.items()}
            return flatten(tensors, *others)

        for (module, name), value in zip(
            self.patched, [trunc_normal(truncated), trunc_normal(truncated_by_timm), flatten_as_ptr]
        ):
            setattr(module, name, value)
        return super().__enter__()

    def __exit__(self, *reason):
        for (module, name), original in zip(self.patched, self.originals):
            setattr(module, name, original)
        return super().__exit__(*reason)


def pair(args, kwargs, names, defaults):
    given = list(args[1:3])
    for name, default in list(zip(names, defaults))[len(given) :]:
        given.append(kwargs.get(name, default))
    return [float(value) for value in given]
