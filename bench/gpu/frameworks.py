"""Times torch's and jax's random fills on this machine's card. Prints a line of JSON for each thing that it finds.

    python3 frameworks.py torch|jax --seconds 60 [--log2 24,28] [--sides 512,1024] [--allow-cpu]

The first line says which version runs on which device, or the reason why nothing is measured. Without --allow-cpu it
measures no CPU. Then there is a line for each call: its times, or the reason why it was left out.
"""
import argparse
import json
import os
import statistics
import sys
import time

# A pass lasts about so long, so that its begin and end do not matter; and how many passes and calls there are at most.
PASS_SECONDS = 0.01
MOST_CALLS = 64
MOST_PASSES = 25
LEAST_PASSES = 3
# What is queued at once may take so much memory, since each call of jax makes an array.
MOST_BYTES = 2**31
# A call gets at most so many seconds.
CALL_SECONDS = 1.0


def say(**line):
    print(json.dumps(line), flush=True)


def one_line(error):
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


class Torch:
    def __init__(self, allow_cpu):
        import torch

        self.torch = torch
        if torch.cuda.is_available():
            self.device, self.name = "cuda", torch.cuda.get_device_name()
            self.platform = f"ROCm {torch.version.hip}" if torch.version.hip else f"CUDA {torch.version.cuda}"
            self.clock = "events"
        elif getattr(torch.backends, "mps", None) and torch.backends.mps.is_available():
            self.device, self.name, self.platform, self.clock = "mps", "Apple GPU", "Metal", "synchronize"
        elif allow_cpu:
            self.device, self.name, self.platform = "cpu", "the CPU", f"CPU, {torch.get_num_threads()} threads"
            self.clock = "synchronize"
        else:
            raise LookupError(f"torch {torch.__version__} sees no card (torch.version.cuda {torch.version.cuda})")
        torch.manual_seed(42)

    @property
    def version(self):
        return self.torch.__version__

    def synchronize(self):
        if self.device != "cpu":
            getattr(self.torch, self.device).synchronize()

    def time(self, call, calls):
        """Seconds of so many calls."""
        if self.clock == "events":
            begin, end = (self.torch.cuda.Event(enable_timing=True) for _ in range(2))
            begin.record()
            for _ in range(calls):
                call()
            end.record()
            self.synchronize()
            return begin.elapsed_time(end) / 1000
        self.synchronize()
        begin = time.perf_counter()
        for _ in range(calls):
            call()
        self.synchronize()
        return time.perf_counter() - begin

    def fills(self, log2, dtype):
        torch = self.torch
        init = torch.nn.init
        out = torch.empty(2**log2, dtype=getattr(torch, dtype), device=self.device)
        source = torch.zeros_like(out)
        return {
            "fill_": lambda: out.fill_(1),
            "copy_": lambda: out.copy_(source),
            "uniform_": lambda: out.uniform_(),
            "normal_": lambda: out.normal_(),
            "trunc_normal_": lambda: init.trunc_normal_(out, mean=0.0, std=1.0, a=-2.0, b=2.0),
        }, 2**log2 * out.element_size()

    def orthogonal(self, side):
        out = self.torch.empty(side, side, dtype=self.torch.float32, device=self.device)
        return lambda: self.torch.nn.init.orthogonal_(out)

    def release(self):
        if self.device == "cuda":
            self.torch.cuda.empty_cache()


class Jax:
    clock = "block_until_ready"

    def __init__(self, allow_cpu):
        # What is measured beside it needs memory, too.
        os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
        import jax

        self.jax = jax
        device = jax.devices()[0]
        self.name, self.platform = device.device_kind, f"{jax.default_backend()}"
        if device.platform == "cpu" and not allow_cpu:
            raise LookupError(f"jax {jax.__version__} sees no card, only the CPU")
        self.key = jax.random.key(42)

    @property
    def version(self):
        return self.jax.__version__

    def time(self, call, calls):
        begin = time.perf_counter()
        for _ in range(calls):
            last = call()
        # What was queued before is done, too, since a device computes in order.
        self.jax.block_until_ready(last)
        return time.perf_counter() - begin

    def compiled(self, function):
        made = self.jax.jit(function)
        return lambda: made(self.key)

    def fills(self, log2, dtype):
        jax, shape = self.jax, (2**log2,)
        kind = getattr(jax.numpy, dtype)
        return {
            "full": self.compiled(lambda key: jax.numpy.full(shape, 1, kind)),
            "random.uniform": self.compiled(lambda key: jax.random.uniform(key, shape, kind)),
            "random.normal": self.compiled(lambda key: jax.random.normal(key, shape, kind)),
            "random.truncated_normal": self.compiled(lambda key: jax.random.truncated_normal(key, -2, 2, shape, kind)),
        }, 2**log2 * kind(0).dtype.itemsize

    def orthogonal(self, side):
        return self.compiled(lambda key: self.jax.random.orthogonal(key, side))

    def release(self):
        pass


def spread(samples):
    """Milliseconds."""
    ordered = sorted(1000 * sample for sample in samples)
    quartiles = statistics.quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else ordered * 3
    return {"median": quartiles[1], "lowerQuartile": quartiles[0], "upperQuartile": quartiles[2]}


def measure(framework, call, bytes, deadline):
    """The times of a call, and how they were taken."""
    first = framework.time(call, 1)  # It compiles and allocates, too.
    if first > max(deadline - time.monotonic(), 0):
        raise TimeoutError(f"a call takes up to {first:.2f} s, and the time is over")
    once = framework.time(call, 1)
    calls = min(max(int(PASS_SECONDS / max(once, 1e-7)), 1), MOST_CALLS, max(MOST_BYTES // bytes, 1))
    framework.time(call, calls)
    samples = []
    begin = time.monotonic()
    while len(samples) < MOST_PASSES:
        enough = len(samples) >= LEAST_PASSES and time.monotonic() - begin > CALL_SECONDS
        if samples and (enough or time.monotonic() > deadline):
            break
        samples.append(framework.time(call, calls) / calls)
    return {"milliseconds": spread(samples), "runs": len(samples), "callsInRun": calls}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("framework", choices=["torch", "jax"])
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--log2", default="24,28")
    parser.add_argument("--sides", default="512,1024,2048,4096")
    parser.add_argument("--allow-cpu", action="store_true")
    options = parser.parse_args()
    deadline = time.monotonic() + options.seconds

    try:
        framework = {"torch": Torch, "jax": Jax}[options.framework](options.allow_cpu)
    except ImportError as error:
        return say(kind="absent", reason=f"{options.framework} is not installed for {sys.executable} ({error})")
    except Exception as error:  # A framework that does not start is an answer.
        return say(kind="absent", reason=one_line(error))
    say(
        kind="framework",
        version=framework.version,
        device=framework.name,
        platform=framework.platform,
        clock=framework.clock,
        python=sys.version.split()[0],
    )

    def row(call, dtype, elements, bytes, run):
        about = {"kind": "row", "call": call, "dtype": dtype, "elements": elements, "bytes": bytes}
        if time.monotonic() > deadline:
            return say(**about, status="left out", reason="the time was over")
        try:
            return say(**about, status="measured", **measure(framework, run(), bytes, deadline))
        except TimeoutError as error:
            return say(**about, status="left out", reason=str(error))
        except Exception as error:  # Such as too little memory; the others go on.
            return say(**about, status="failed", reason=one_line(error))

    small, *large = (int(text) for text in options.log2.split(","))
    plan = [(small, "float32"), (small, "bfloat16")]
    sides = [int(text) for text in options.sides.split(",")]
    for log2, dtype in plan:
        fill(framework, log2, dtype, row)
    for side in sides:
        row("orthogonal", "float32", side * side, 4 * side * side, lambda side=side: framework.orthogonal(side))
    for log2 in large:
        fill(framework, log2, "float32", row)
        fill(framework, log2, "bfloat16", row)


def fill(framework, log2, dtype, row):
    try:
        fills, bytes = framework.fills(log2, dtype)
    except Exception as error:  # Such as too little memory.
        return say(
            kind="row",
            call="all",
            dtype=dtype,
            elements=2**log2,
            bytes=None,
            status="failed",
            reason=one_line(error),
        )
    for call, run in fills.items():
        row(call, dtype, 2**log2, bytes, lambda run=run: run)
    fills.clear()
    framework.release()


main()
