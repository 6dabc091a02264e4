# shellcheck shell=bash
# Sourced by the scripts that need something of the system. Knows Debian's and Ubuntu's package names.

# Each element: the package, a colon, and a file or command that is there once it is installed.
# shellcheck disable=SC2034 # used by those who source this
packages_to_build=(
    libcurl4-openssl-dev:curl/curl.h
    zlib1g-dev:zlib.h
    pkg-config:pkg-config
)
# shellcheck disable=SC2034
packages_to_test=(
    "${packages_to_build[@]}"
    shellcheck:shellcheck
    tmux:tmux
    mandoc:mandoc
    jq:jq
)

# is_there THING: whether a header (anything with .h), a file by its path, a Python module (python:NAME) or a command
# can be found.
is_there() {
    case "$1" in
    *.h) compgen -G "/usr/include/$1" >/dev/null || compgen -G "/usr/include/*/$1" >/dev/null || compgen -G "/usr/local/include/$1" >/dev/null ;;
    /*) [ -e "$1" ] ;;
    python:*) python3 -c "import ${1#python:}" 2>/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

# install_missing PACKAGE:THING...: installs what is not there with apt-get, or says what to install and fails.
install_missing() {
    local element missing=()
    for element in "$@"; do
        is_there "${element#*:}" || missing+=("${element%%:*}")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "$0: these packages are missing (Debian's names); install them first: ${missing[*]}" >&2
        return 1
    fi
    echo "installing ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
}

# need_swift: fails, saying so, when there is no Swift toolchain.
need_swift() {
    command -v swift >/dev/null && return 0
    echo "$0: no Swift toolchain found; see https://www.swift.org/install" >&2
    return 1
}
