# Compares the imports of Sources/MODULE/*.swift with the table that comes first: awk -f imports.awk imports FILE...
FNR == 1 { isTable = NR == 1; split(FILENAME, path, "/"); module = path[2] }

isTable && /^[^#]/ {
    name = $1
    sub(/:$/, "", name)
    known[name] = 1
    for (i = 2; i <= NF; i++) allowed[name, $i] = 1
}
isTable { next }

FNR == 1 && !(module in known) { print FILENAME ": the table has no module " module; failed = 1 }

/^[ \t]*(@[A-Za-z_]+(\([a-z]+\))?[ \t]+)*((public|package|internal|fileprivate|private)[ \t]+)?import[ \t]/ {
    line = $0
    sub(/^.*import[ \t]+/, "", line)
    sub(/^(struct|class|enum|protocol|func|var|let|typealias)[ \t]+/, "", line)
    sub(/[ \t.;\/].*$/, "", line)
    if (!((module, line) in allowed)) { print FILENAME ":" FNR ": " module " must not import " line; failed = 1 }
}

END { exit failed }
