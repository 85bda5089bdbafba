#!/bin/bash -eu
# Does build.sh give a fuzzing service what it needs? Builds with the local Clang into a folder of its own, then runs
# every target on its seed corpus and a few mutations. Minutes; run by hand when build.sh or a target's name changes.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export OUT=$folder/out WORK=$folder/work CC=clang-14 CXX=clang++-14
export CFLAGS='-O1 -fno-omit-frame-pointer -fsanitize=address,fuzzer-no-link' LIB_FUZZING_ENGINE=-fsanitize=fuzzer
export CXXFLAGS="$CFLAGS"
mkdir -p "$OUT" "$WORK"
"$here/build.sh" >"$folder/log" 2>&1 || { tail -n 40 "$folder/log"; exit 1; }

failed=0
complain() {
  echo "build_test: $*"
  failed=1
}
for file in "$here"/../fuzz_*.cc; do
  target=$(basename "$file" .cc)
  [[ -x $OUT/$target ]] || { complain "$target was not built" && continue; }
  [[ -s $OUT/$target.options ]] || complain "$target has no options"
  corpus=$folder/corpus/$target
  mkdir -p "$corpus"
  python3 -m zipfile -e "$OUT/${target}_seed_corpus.zip" "$corpus" || complain "$target has no seed corpus"
  [[ -n $(ls "$corpus") ]] || complain "the seed corpus of $target is empty"
  count=$(find "$corpus" -type f | wc -l)
  dictionary=()
  [[ ! -f $OUT/$target.dict ]] || dictionary=(-dict="$OUT/$target.dict")
  if "$OUT/$target" -artifact_prefix="$folder/" -runs=$((count + 200)) "${dictionary[@]}" "$corpus" >"$folder/run" 2>&1; then
    echo "build_test: $target: $count seeds, $(grep -c '^#' "$folder/run" || true) lines of progress"
  else
    tail -n 20 "$folder/run"
    complain "$target fails on its seeds"
  fi
done
for wanted in fuzz_pattern_text.dict fuzz_case_file.dict lib; do
  [[ -e $OUT/$wanted ]] || complain "there is no $wanted"
done
# A wrong path to the libraries would show on the service only.
ldd "$OUT/fuzz_differential" | grep -q "=> $OUT/lib/.*pcre2" || complain "the targets do not look for libraries in lib/"
exit $failed
