# shellcheck shell=bash
# Sourced by the scripts that put the programs, their manual pages and completions into a tree of folders.

# What was put there: absolute paths below the root, folders that were made with a slash at their end.
placed=()

# make_folder ROOT PATH: makes the folder and those above it, as far as they are not there.
make_folder() {
    local root=$1 path=/ part
    while IFS= read -r -d / part; do
        [ -n "$part" ] || continue
        path+=$part/
        if [ ! -d "$root$path" ]; then
            mkdir -- "$root$path"
            placed+=("$path")
        fi
    done <<<"$2/"
}

# place_file MODE ROOT PATH COMMAND...: makes a file of what the command prints, in place of one that is there.
place_file() {
    local target=$2$3
    make_folder "$2" "${3%/*}"
    if [ -d "$target" ]; then
        echo "$0: $target is a folder" >&2
        exit 1
    fi
    # A program that runs can't be written to, only replaced.
    "${@:4}" >"$target.new"
    chmod "$1" "$target.new"
    mv -f -- "$target.new" "$target"
    placed+=("$3")
}

# place_program PROGRAM ROOT PREFIX ZSH_FOLDER: the client with its pages and completions.
place_program() {
    local program=$1 root=$2 prefix=$3 pages page
    pages=$("$program" --generate man-pages)
    place_file 755 "$root" "$prefix/bin/cerebras" cat "$program"
    for page in $pages; do
        place_file 644 "$root" "$prefix/share/man/man${page##*.}/$page" "$program" --generate "man-$page"
    done
    place_file 644 "$root" "$prefix/share/bash-completion/completions/cerebras" "$program" --generate complete-bash
    place_file 644 "$root" "$4/_cerebras" "$program" --generate complete-zsh
    place_file 644 "$root" "$prefix/share/fish/vendor_completions.d/cerebras.fish" "$program" --generate complete-fish
}
