# shellcheck shell=bash
# Sourced by proofs that type into a shell as a person does, in a terminal that tmux shows, and read the screen.
# They set "shell" to its name, for messages.

terminal_number=0
checks=0

# in_terminal ARGUMENTS: tmux, apart from any other.
in_terminal() { env -u TMUX tmux -L "cerebras-$$-$terminal_number" -f /dev/null "$@"; }

# start_terminal COMMAND: a terminal that runs it and nothing else, a shell whose prompt is a dollar sign.
start_terminal() {
    stop_terminal
    # A server that is ending would take the new session for its own.
    terminal_number=$((terminal_number + 1))
    in_terminal new-session -d -x 150 -y 100 "$1"
    # A key that comes while the shell reads its settings would end that.
    await is_prompt_alone || fail_typing "no prompt"
}

stop_terminal() { in_terminal kill-server 2>/dev/null || true; }

# The screen without empty lines and the spaces at the lines' ends.
screen() { in_terminal capture-pane -p -J | sed -e 's/[[:space:]]*$//' | grep . || true; }

# await COMMAND...: until it succeeds; fails after half a minute.
await() {
    local end=$((SECONDS + 30))
    until "$@"; do
        if [ "$SECONDS" -ge "$end" ]; then return 1; fi
        sleep 0.05
    done
}

is_prompt_alone() { [ "$(screen)" = "\$" ]; }
shows() { screen | grep -qF -- "$1"; }

# An empty line on an empty screen.
start_line() {
    in_terminal send-keys C-c
    in_terminal send-keys C-u
    in_terminal send-keys -l ' clear'
    in_terminal send-keys Enter
    await is_prompt_alone || fail_typing "no empty prompt"
}

# type_line TEXT: types it; each "<Tab>" in it is the key.
type_line() {
    local rest=$1
    while [[ $rest == *'<Tab>'* ]]; do
        in_terminal send-keys -l -- "${rest%%<Tab>*}"
        in_terminal send-keys Tab
        rest=${rest#*<Tab>}
    done
    [ -z "$rest" ] || in_terminal send-keys -l -- "$rest"
}

fail_typing() {
    echo "FAIL (${shell:-?}): $1; the screen:" >&2
    screen >&2
    exit 1
}

# offers TEXT WORD...: what is typed makes the shell list every word.
offers() {
    local typed=$1 word
    shift
    start_line
    type_line "$typed"
    for word in "$@"; do
        await shows "$word" || fail_typing "'$typed' does not offer '$word'"
    done
    checks=$((checks + 1))
}

# becomes TEXT LINE: what is typed turns into the line, and nothing is listed.
becomes() {
    start_line
    # The mark is typed after all else, so that the screen is read when the shell is done with that.
    type_line "$1%"
    await shows % || fail_typing "'$1' is not answered"
    [ "$(screen)" = "\$ $2%" ] || fail_typing "'$1' does not become '$2'"
    checks=$((checks + 1))
}

# offers_nothing TEXT: no Tab in it changes or lists anything.
offers_nothing() { becomes "$1" "${1//<Tab>/}"; }

# runs TEXT OUTPUT: what is typed, run, prints the text.
runs() {
    start_line
    type_line "$1"
    in_terminal send-keys Enter
    await shows "$2" || fail_typing "'$1' does not print '$2'"
    checks=$((checks + 1))
}
