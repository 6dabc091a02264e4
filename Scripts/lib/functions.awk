# Finds functions of more than `limit` lines: awk -v limit=60 -f functions.awk FILE...
# The sources are formatted, so a body ends with the first brace that stands as far in as its declaration begins.
FNR == 1 { depth = 0 }

{
    match($0, /^ */)
    indent = RLENGTH
    text = substr($0, indent + 1)
}

text == "" { next }

# A declaration without a body ends where something else begins no further in.
depth > 0 && indent <= starts[depth] {
    while (depth > 0 && indent <= starts[depth]) {
        if (indent == starts[depth] && text ~ /^[)}\]{>]|^where |^-> |^#/) break
        depth--
    }
}

depth > 0 && indent == starts[depth] && text ~ /^}/ {
    length_ = FNR - lines[depth] + 1
    if (length_ > limit) { print FILENAME ":" lines[depth] ": a function of " length_ " lines"; failed = 1 }
    depth--
    next
}

text ~ /^((@[A-Za-z_]+(\([^)]*\))?|public|package|internal|fileprivate|private|static|class|final|override|mutating|nonmutating|consuming|borrowing|nonisolated|required|convenience|indirect|lazy) )*(func |init[?(<]|deinit |subscript[(<]|var .*\{$)/ {
    depth++
    starts[depth] = indent
    lines[depth] = FNR
    if (text ~ /\{.*\}$/) depth--
}

END { exit failed }
