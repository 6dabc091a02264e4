"""Completes lines of text on a Spark cluster: each partition is piped through cerebras, line N out for line N in.

    spark-submit spark.py prompts.txt completions

`cerebras` and the key's configuration are on every worker. A partition whose process fails is computed again by Spark.
"""

import os
import sys

from pyspark.sql import SparkSession

# The account's limits. As many partitions run at once as the cluster has cores, each with its share.
RPM, TPM = (int(os.environ.get(name, most)) for name, most in [("RPM", 1000), ("TPM", 1_000_000)])

source, target = sys.argv[1:]
spark = SparkSession.builder.appName("completions").getOrCreate()
context = spark.sparkContext
running = context.defaultParallelism
command = ("cerebras batch --input-format lines --text --max-tokens 64 --quiet "
           f"--rpm {max(1, RPM // running)} --tpm {max(1, TPM // running)}")
lines = context.textFile(source, minPartitions=running)
# A piped process has no variables but these.
variables = {name: os.environ[name] for name in ("PATH", "HOME", "CEREBRAS_BASE_URL") if name in os.environ}
# checkCode: a process that fails fails the partition, instead of cutting it short.
lines.pipe(command, env=variables, checkCode=True).saveAsTextFile(target)
spark.stop()
