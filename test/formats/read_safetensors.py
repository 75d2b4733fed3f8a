"""Reads a safetensors file with Python's standard library alone, from the format's published
description (https://huggingface.co/docs/safetensors, "Format"): an independent check of files
that tensorseed writes.

Usage: python3 read_safetensors.py FILE
Prints JSON: metadata, and for each tensor in file order its name, dtype, shape, first and last
four elements, and the SHA-256 of its bytes. Exits with 1 and a reason where the file breaks a rule.
"""

import hashlib
import json
import struct
import sys

FORMATS = {"F32": "f", "F16": "e", "U32": "I", "BF16": "H"}


def check(holds, reason):
    if not holds:
        sys.exit(f"{sys.argv[1]}: {reason}")


def unique(pairs):
    check(len({key for key, _ in pairs}) == len(pairs), "a key is given twice")
    return pairs


def elements(dtype, raw):
    size = struct.calcsize(FORMATS[dtype])
    values = list(struct.unpack(f"<{len(raw) // size}{FORMATS[dtype]}", raw))
    if dtype == "BF16":  # the upper half of a float32
        values = [struct.unpack("<f", struct.pack("<I", value << 16))[0] for value in values]
    return values


def main():
    with open(sys.argv[1], "rb") as file:
        content = file.read()
    check(len(content) >= 8, "shorter than 8 bytes")
    (length,) = struct.unpack("<Q", content[:8])
    check(length <= 100_000_000 and 8 + length <= len(content), "the header does not fit")
    check(length % 8 == 0, "the data is not aligned to 8 bytes")
    text = content[8 : 8 + length]
    check(text[:1] == b"{", "the header does not begin with {")
    header = unique(json.loads(text.decode("utf-8"), object_pairs_hook=unique))
    data = content[8 + length :]
    metadata = dict(dict(header).get("__metadata__", []))
    tensors = []
    end = 0
    entries = [(name, dict(entry)) for name, entry in header if name != "__metadata__"]
    for name, entry in sorted(entries, key=lambda one: one[1]["data_offsets"]):
        begin, stop = entry["data_offsets"]
        count = 1
        for size in entry["shape"]:
            count *= size
        size = struct.calcsize(FORMATS[entry["dtype"]])
        check(begin == end, f"{name} leaves a hole or overlaps")
        check(stop - begin == count * size, f"{name} has the wrong number of bytes")
        check(begin % size == 0, f"{name} is not aligned")
        end = stop
        raw = data[begin:stop]
        values = elements(entry["dtype"], raw)
        digest = hashlib.sha256(raw).hexdigest()
        tensors.append(
            {"name": name, "dtype": entry["dtype"], "shape": entry["shape"], "first": values[:4], "last": values[-4:], "sha256": digest}
        )
    check(end == len(data), "the tensors do not end with the file")
    json.dump({"metadata": metadata, "tensors": tensors}, sys.stdout)


main()
