# shellcheck shell=bash
# Sourced by the scripts that build what is shipped, from the top of the repository, after lib/packages.sh.

# use_static_libraries: sets release_flags, with which `swift build` makes a program that brings the Swift runtime with it.
# On Linux also the C++ library that the runtime needs: loading it as a shared one is a ninth of the program's start. The
# linker takes the one from a folder where there is no shared one beside it.
use_static_libraries() {
    release_flags=(-c release --static-swift-stdlib)
    [ "$(uname)" = Linux ] || return 0
    local compiler archive folder=$PWD/.build/static
    for compiler in clang gcc cc; do
        # A compiler prints the bare name when it knows no such file.
        archive=$("$compiler" -print-file-name=libstdc++.a 2>/dev/null) || continue
        [ -e "$archive" ] || continue
        mkdir -p "$folder"
        ln -sf "$archive" "$folder/libstdc++.a"
        release_flags+=(-Xlinker "-L$folder")
        return
    done
}

# build_release PRODUCT [FLAG...]: builds it.
build_release() {
    local product=$1
    shift
    use_static_libraries
    swift build "${release_flags[@]}" --product "$product" "$@"
}
