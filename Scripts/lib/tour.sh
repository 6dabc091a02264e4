# shellcheck shell=bash
# What the README's tour shows: commands as they are typed, and what the sandbox makes of them. Nothing in it may differ
# from one run to the next: a seed wherever a completion is asked for, no times, no IDs, no ports.

tour_commands=(
    'cerebras complete "It was a dark and stormy night" --seed 2 --max-tokens 24'
    'printf "Once upon a time" | cerebras complete --seed 3 --stop . '
    'cerebras complete "The sea was" --seed 3 --max-tokens 4 --logprobs 4 --format table'
    'cerebras complete "Once" --temperature 0.2 --stop "\n" -e --base-url http://localhost:8080 --dry-run'
    'cerebras complete "Once" --top-p 7; echo "exit status $?"'
    'cerebras complete "Once" --seed 1 --max-tokens 6 --fail-on length; echo "exit status $?"'
)

# print_tour FOLDER: as Markdown; FOLDER holds cerebras and cerebras-sandbox.
print_tour() {
    local command output
    for command in "${tour_commands[@]}"; do
        output=$(env -u CEREBRAS_API_KEY -u CEREBRAS_MODEL CEREBRAS_CONFIG= PATH="$1:$PATH" LC_ALL=C.UTF-8 \
            cerebras-sandbox -- bash -c "$command" </dev/null 2>&1) || true
        # The backquotes are Markdown's.
        # shellcheck disable=SC2016
        printf '```console\n$ %s\n%s\n```\n\n' "$command" "$output"
    done | sed -e 's/[[:space:]]*$//'
}
