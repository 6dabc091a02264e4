# shellcheck shell=bash
# Sourced by the scripts that do one thing after the other and count what went well.

steps_passed=0
steps_failed=0
steps_log=$(mktemp)
trap 'rm -f "$steps_log"' EXIT

# step NAME COMMAND...: runs it, tells in one line how it went and how long it took, and shows its output if it failed.
# What it printed stays in $steps_log until the next step. A failure does not end the script.
step() {
    local name=$1 start=$SECONDS
    shift
    if "$@" >"$steps_log" 2>&1 </dev/null; then
        steps_passed=$((steps_passed + 1))
        echo "ok    $name ($((SECONDS - start)) s)"
    else
        steps_failed=$((steps_failed + 1))
        cat "$steps_log"
        echo "FAIL  $name ($((SECONDS - start)) s)"
    fi
}

# finish_steps: the closing line; fails if any step did.
finish_steps() {
    echo "$steps_passed passed, $steps_failed failed"
    [ "$steps_failed" -eq 0 ]
}
