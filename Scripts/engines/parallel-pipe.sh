#!/usr/bin/env bash
# Completes lines with several processes of one machine: line N out belongs to line N in.
#
#   parallel-pipe.sh [PROCESSES] <prompts.txt >completions.txt
#
# One process keeps as many requests in flight as the server admits, so that more are needed only where preparing requests
# takes all of a core. GNU parallel hands out blocks of 1,000 lines and keeps their order. A row that failed is an empty
# line, and makes the status that of a failed job.
set -euo pipefail

processes=${1:-2}
# The account's limits, of which each process has its share.
rpm=${RPM:-1000} tpm=${TPM:-1000000}
exec parallel --will-cite --pipe --keep-order -N 1000 --jobs "$processes" --halt soon,fail=1 \
    cerebras batch --input-format lines --text --max-tokens 64 \
    --rpm $((rpm / processes)) --tpm $((tpm / processes))
