#!/bin/sh
# install_test.sh CMAKE BUILD CONSUMER CXX CC FLAGS: installs the build into a folder of its own, and builds and runs
# the example consumers against it: in C++ by find_package with either library, in C by pkg-config. FLAGS (sanitizers,
# as a list with semicolons) are those of the build.
set -eu
cmake=$1 build=$2 consumer=$3 cxx=$4 cc=$5
flags=$(printf %s "$6" | tr ';' ' ')
folder=$build/api/install_test
prefix=$folder/prefix
rm -rf "$folder"
mkdir -p "$folder"
"$cmake" --install "$build" --prefix "$prefix" >"$folder/install.log"

echo "== what the shared library shows"
library=$(find "$prefix" -name 'libredoubt.so')
shown='^(redoubt_[a-z_]+|redoubt::(Finder|Regex|RegexSet|Scratch)::.*|redoubt::[a-z_]+\(.*)$'
hidden=$(nm -D --defined-only -C "$library" | sed 's/^[0-9a-f]* . //' | grep -vE "$shown" || true)
if [ -n "$hidden" ]; then
  echo "these symbols should be hidden:"
  echo "$hidden"
  exit 1
fi
nm -D --defined-only "$library" | grep -q ' redoubt_find_next$'

for shared in OFF ON; do
  echo "== C++ by find_package, BUILD_SHARED_LIBS=$shared"
  "$cmake" -S "$consumer" -B "$folder/cxx-$shared" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_COMPILER="$cxx" \
    -DCMAKE_CXX_FLAGS="$flags" -DBUILD_SHARED_LIBS=$shared >"$folder/cxx-$shared.log"
  "$cmake" --build "$folder/cxx-$shared" >>"$folder/cxx-$shared.log"
  "$folder/cxx-$shared/consumer" "2024-05-06 warn disk is 91 % full" | tee "$folder/cxx-$shared.out"
  grep -q '^warn: \[11,15)$' "$folder/cxx-$shared.out"
done

PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name redoubt.pc)")
export PKG_CONFIG_PATH
libdir=$(pkg-config --variable=libdir redoubt)
# A sanitizer's runtime for C++ comes with the C++ compiler only.
linker=$cc
[ -z "$flags" ] || linker=$cxx
for kind in shared static; do
  echo "== C by pkg-config, $kind"
  if [ $kind = shared ]; then
    libraries="$(pkg-config --libs redoubt) -Wl,-rpath,$libdir"
  else
    libraries="$libdir/libredoubt.a $(pkg-config --libs --static redoubt | sed 's/-lredoubt//')"
  fi
  # shellcheck disable=SC2046,SC2086 # flags are lists of words
  "$cc" -std=c99 -Wall -Wextra -Werror -pedantic $flags $(pkg-config --cflags redoubt) -c "$consumer/main.c" \
    -o "$folder/main-$kind.o"
  # shellcheck disable=SC2086
  "$linker" $flags "$folder/main-$kind.o" -o "$folder/consumer-c-$kind" $libraries
  "$folder/consumer-c-$kind" "2024-05-06 warn disk is 91 % full" | tee "$folder/c-$kind.out"
  grep -q '^month: \[5,7)$' "$folder/c-$kind.out"
done
