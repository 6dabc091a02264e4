#!/usr/bin/env bash
# Completes prompts.jsonl on several hosts that share a folder, each one shard of it.
#
#   parallel-hosts.sh HOSTS_FILE prompts.jsonl
#   cat part-*.jsonl >results.jsonl
#
# HOSTS_FILE has a host in each line as ssh knows it; ":" is this one. cerebras and the key's configuration are on every
# host. The same command once more continues what was interrupted. Where no folder is shared, --transferfile "$input"
# --return part-{}.jsonl moves the files, and an interrupted shard starts again.
set -euo pipefail

hosts=${1:?usage: parallel-hosts.sh HOSTS_FILE PROMPTS.jsonl}
input=${2:?usage: parallel-hosts.sh HOSTS_FILE PROMPTS.jsonl}
# The account's limits; --shard divides them.
rpm=${RPM:-1000} tpm=${TPM:-1000000}
count=$(grep -c . "$hosts")
seq "$count" | parallel --will-cite --sshloginfile "$hosts" --jobs 1 --workdir "$PWD" --halt soon,fail=1 \
    cerebras batch "$input" --shard "{}/$count" -o "part-{}.jsonl" --max-tokens 64 --rpm "$rpm" --tpm "$tpm"
