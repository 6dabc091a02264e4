# Holds the imports of Sources/MODULE/*.swift to Package.swift, and those of the system's modules to a table:
#   awk -f imports.awk <(swift package describe) Scripts/lib/imports FILE...
FNR == 1 { input++; split(FILENAME, path, "/"); module = path[2] }

# What describe prints of a target: its name, and lists of what it depends on, each under a heading.
input == 1 && /^ +Name: / { target = $2; known[target] = 1 }
input == 1 && /^ +[A-Z][A-Za-z0-9 ]*:/ { isList = /^ +(Target|Product) dependencies:$/; next }
input == 1 && isList && NF == 1 { allowed[target, $1] = 1 }

input == 2 && /^[^#]/ {
    name = $1
    sub(/:$/, "", name)
    for (i = 2; i <= NF; i++) allowed[name, $i] = 1
}
input <= 2 { next }

FNR == 1 && !(module in known) { print FILENAME ": Package.swift has no target " module; failed = 1 }

/^[ \t]*(@[A-Za-z_]+(\([a-z]+\))?[ \t]+)*((public|package|internal|fileprivate|private)[ \t]+)?import[ \t]/ {
    line = $0
    sub(/^.*import[ \t]+/, "", line)
    sub(/^(struct|class|enum|protocol|func|var|let|typealias)[ \t]+/, "", line)
    sub(/[ \t.;\/].*$/, "", line)
    if (!((module, line) in allowed)) { print FILENAME ":" FNR ": " module " must not import " line; failed = 1 }
}

END { exit failed }
