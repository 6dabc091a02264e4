"""Completes lines of text on a Ray cluster: each batch of a data set is piped through cerebras.

    python ray_data.py prompts.txt completions

`cerebras` and the key's configuration are on every node. Needs the package ray[data].
"""

import os
import subprocess
import sys

import numpy
import ray

# The account's limits, of which each of the processes has a share.
RPM, TPM = (int(os.environ.get(name, most)) for name, most in [("RPM", 1000), ("TPM", 1_000_000)])
PROCESSES = 4
COMMAND = ["cerebras", "batch", "--input-format", "null", "--null", "--text", "--max-tokens", "64", "--quiet",
           "--rpm", str(RPM // PROCESSES), "--tpm", str(TPM // PROCESSES)]


def complete(batch):
    """Adds the column `completion`. Texts are ended by NUL on both ways, so that they may have several lines."""
    prompts = "".join(text + "\0" for text in batch["text"])
    done = subprocess.run(COMMAND, input=prompts.encode(), stdout=subprocess.PIPE, check=True)
    # Of the object type, as NumPy's own texts lose NUL and what follows; the last end is no text.
    batch["completion"] = numpy.array(done.stdout.decode().split("\0")[:-1], dtype=object)
    return batch


source, target = sys.argv[1:]
texts = ray.data.read_text(source)
texts.map_batches(complete, batch_size=1000, concurrency=PROCESSES).write_json(target)
