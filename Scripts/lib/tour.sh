# shellcheck shell=bash
# What the README's tour shows: commands as they are typed, and what the sandbox makes of them. Nothing in it may differ
# from one run to the next: a seed wherever a completion is asked for, no times, no IDs, no ports.

# shellcheck disable=SC2016 # the commands' own shell expands them
tour_commands=(
    'cerebras complete "It was a dark and stormy night" --seed 2 --max-tokens 24'
    'printf "Once upon a time" | cerebras complete --seed 3 --stop . '
    'cerebras complete "The sea was" --seed 3 --max-tokens 4 --logprobs 4 --format table'
    'cerebras complete "Once" --temperature 0.2 --stop "\n" -e --base-url http://localhost:8080 --dry-run'
    'cerebras complete "The sea was" --seed 3 --max-tokens 12 --format heatmap'
    'cerebras complete "The sea was" --seed 3 --max-tokens 4 --logprobs 2 --format tsv --columns token,prob,rank'
    'cerebras complete "The sea was" --seed 3 --max-tokens 9 --logprobs 3 --json -o a.json'
    'cerebras complete "The sea was" --seed 4 --max-tokens 9 --logprobs 3 --json -o b.json'
    'cerebras diff a.json b.json | grep -v "^usage"; echo "exit status ${PIPESTATUS[0]}"'
    'cerebras show a.json --expect "tokens<=8" --expect finish=length -o a.txt; echo "exit status $?"'
    'cerebras complete "Once" --top-p 7; echo "exit status $?"'
    'cerebras complete "Once" --seed 1 --max-tokens 6 --fail-on length -o a.txt; echo "exit status $?"'
    'printf "%s\n" "temperature 0.2" "[work]" "seed 7" >my.conf'
    'CEREBRAS_CONFIG=my.conf cerebras config --profile work --top-p 0.9 | head -n 6'
)

# print_tour FOLDER: as Markdown; FOLDER holds cerebras and cerebras-sandbox.
print_tour() {
    local command output folder
    folder=$(mktemp -d)
    for command in "${tour_commands[@]}"; do
        output=$(cd "$folder" && env -u CEREBRAS_API_KEY -u CEREBRAS_MODEL CEREBRAS_CONFIG= PATH="$1:$PATH" LC_ALL=C.UTF-8 \
            cerebras-sandbox -- bash -c "$command" </dev/null 2>&1) || true
        # The backquotes are Markdown's.
        # shellcheck disable=SC2016
        printf '```console\n$ %s\n%s```\n\n' "$command" "${output:+$output
}"
    done | sed -e 's/[[:space:]]*$//'
    rm -rf "$folder"
}
