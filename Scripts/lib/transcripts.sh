# shellcheck shell=bash
# The README's transcripts: in a block that begins with ```console, a line "$ COMMAND" is a command, with further lines of
# it after "> ", and the rest is what it printed. All of them run in one shell, one after the other, against the sandbox.
# Nothing in them may differ from one run to the next: a seed wherever a completion is made, no times, no IDs, no ports.

# transcript_script FOLDER: the commands of the Markdown on standard input as a script, whose outputs go to FOLDER/1, 2, ...
transcript_script() {
    # shellcheck disable=SC2016 # the script's own shell expands them
    printf 'begin() { local status=$?; exec >%q/"$1" 2>&1; return $status; }\n' "$1"
    awk '
        /^```console$/ { inside = 1; next }
        /^```$/ { inside = 0 }
        inside && /^\$ / { print "begin " (++count) "\n" substr($0, 3) }
        inside && /^> / { print substr($0, 3) }'
}

# run_transcripts PROGRAMS: the Markdown on standard input, with what its commands print now; PROGRAMS is the folder with
# cerebras and cerebras-sandbox.
run_transcripts() {
    local work home
    work=$(mktemp -d)
    home=$work/home
    mkdir "$home" "$work/outputs"
    cat >"$work/document"
    transcript_script "$work/outputs" <"$work/document" >"$work/script"
    (cd "$home" && env -i HOME="$home" PATH="$1:$PATH" LC_ALL=C.UTF-8 CEREBRAS_CONFIG= \
        cerebras-sandbox -- bash "$work/script" </dev/null) || true
    awk -v outputs="$work/outputs" '
        /^```console$/ { inside = 1; print; next }
        /^```$/ { if (inside) show(); inside = 0 }
        inside && /^\$ / { show(); print; count++; waiting = 1; next }
        inside && /^> / { print; next }
        !inside { print }
        function show(   line) {
            if (!waiting) return
            waiting = 0
            while ((getline line < (outputs "/" count)) > 0) { sub(/[ \t]+$/, "", line); print line }
        }' "$work/document"
    rm -rf "$work"
}
