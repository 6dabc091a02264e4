# shellcheck shell=bash
# Sourced by Scripts/install and Scripts/uninstall, in the folder that they were started in: where things go.

start=$PWD
prefix=/usr/local

refuse() {
    echo "$0: $1" >&2
    exit 2
}

# show_usage: what the first lines of the script say.
show_usage() {
    sed -n -e '1d' -e '/^#/!q' -e 's/^# \{0,1\}//p' "$(absolute "$0")"
    exit 0
}

# absolute PATH: the path from the root, without a slash at its end.
absolute() {
    local path=$1
    case "$path" in /*) ;; *) path=$start/$path ;; esac
    while [[ $path == */ ]]; do path=${path%/}; done
    printf '%s\n' "$path"
}

# find_root: settles root and prefix, and list, the file that tells what is installed.
# shellcheck disable=SC2034 # used by those who source this
find_root() {
    [ -n "$prefix" ] || refuse "--prefix: '' is no folder"
    prefix=$(absolute "$prefix")
    root=${DESTDIR:+$(absolute "$DESTDIR")}
    list=$prefix/share/cerebras/installed
}
