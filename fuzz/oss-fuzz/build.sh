#!/bin/bash -eu
# Builds the fuzz targets as OSS-Fuzz and ClusterFuzzLite ask for them: with the compilers, flags and engine that the
# environment names ($CC, $CXX, $CFLAGS, $CXXFLAGS, $LIB_FUZZING_ENGINE), into $OUT: per target the program, a seed
# corpus, options, and a dictionary where it reads text. docs/fuzzing.md says how to run it by hand.

: "${CC:=clang-14}" "${CXX:=clang++-14}" "${LIB_FUZZING_ENGINE:=-fsanitize=fuzzer}"
: "${OUT:?set OUT to the folder that is to receive the targets}"
export CC CXX CFLAGS="${CFLAGS:-}" CXXFLAGS="${CXXFLAGS:-}" LIB_FUZZING_ENGINE
source=${SRC:+$SRC/redoubt}
[[ -n $source && -d $source ]] || source=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
if [[ -n ${WORK:-} ]]; then
  build=$WORK/redoubt
else
  build=$(mktemp -d)
  trap 'rm -rf "$build"' EXIT
fi

# RE2 and fmt come from the distribution, and with them the standard library that they were built with.
CXXFLAGS=${CXXFLAGS//-stdlib=libc++/}

cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE= -DBUILD_TESTING=OFF -DREDOUBT_WERROR=OFF \
  -DREDOUBT_FUZZ=ON -DCMAKE_EXE_LINKER_FLAGS="-Wl,-rpath,'\$ORIGIN/lib'" \
  ${REDOUBT_PCRE2_ROOT:+-DREDOUBT_PCRE2_ROOT="$REDOUBT_PCRE2_ROOT"} \
  ${REDOUBT_RE2_ROOT:+-DREDOUBT_RE2_ROOT="$REDOUBT_RE2_ROOT"}
targets=()
for file in "$source"/fuzz/fuzz_*.cc; do targets+=("$(basename "$file" .cc)"); done
cmake --build "$build" --target "${targets[@]}" make_seeds

mkdir -p "$OUT/lib"
suites=("$source"/cases/decided_*.toml "$source"/cases/disputed_*.toml)
[[ -z ${REDOUBT_SUITES:-} ]] || suites+=("$REDOUBT_SUITES"/*.dat)
"$build/fuzz/make_seeds" "$build/seeds" "${suites[@]}"
for target in "${targets[@]}"; do
  cp "$build/fuzz/$target" "$OUT/"
  mkdir -p "$build/seeds/$target"
  [[ ! -d $source/fuzz/seeds/$target ]] || cp -n "$source/fuzz/seeds/$target"/* "$build/seeds/$target/"
  (cd "$build/seeds/$target" && rm -f "$OUT/${target}_seed_corpus.zip" &&
    python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" ./*)
  options=$source/fuzz/oss-fuzz/$target.options
  [[ -f $options ]] || options=$source/fuzz/oss-fuzz/default.options
  cp "$options" "$OUT/$target.options"
done
cat "$source"/fuzz/dictionaries/{perl,ere}.dict >"$OUT/fuzz_pattern_text.dict"
cp "$source/fuzz/dictionaries/case_file.dict" "$OUT/fuzz_case_file.dict"

# The machine that runs the targets has no libraries of ours.
ldd "$OUT/${targets[0]}" "$OUT/fuzz_differential" | sed -n 's/.* => \(\/[^ ]*\/lib\(pcre2\|re2\|fmt\|absl\)[^ ]*\) .*/\1/p' |
  sort -u | while read -r library; do cp -L "$library" "$OUT/lib/"; done
