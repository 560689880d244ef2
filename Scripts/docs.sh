#!/usr/bin/env bash
# Makes reference pages from the docstrings of the built modules: .build/documentation/<module>.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v docc >/dev/null || {
    echo "docs: this Swift toolchain has no docc; use one from https://swift.org/install/linux" >&2
    exit 1
}
target=$(swift -print-target-info | awk -F '"' '/"unversionedTriple"/ { print $4; exit }')
output=.build/documentation
rm -rf "$output"
# C targets have no module of their own on disk, only the map that the build wrote for them.
flags=()
for include in Sources/*/include; do
    target_name=$(basename "$(dirname "$include")")
    flags+=(-I "$include" -Xcc "-fmodule-map-file=.build/release/$target_name.build/module.modulemap")
done
for map in .build/checkouts/*/Sources/*/module.modulemap; do flags+=(-I "$(dirname "$map")"); done
for folder in Sources/*/; do
    module=$(basename "$folder")
    [ -f ".build/release/Modules/$module.swiftmodule" ] || continue # a C target, or the program itself
    graphs="$output/graphs/$module"
    mkdir -p "$graphs"
    swift symbolgraph-extract -module-name "$module" -I .build/release/Modules "${flags[@]}" -target "$target" \
        -minimum-access-level package -output-dir "$graphs"
    docc convert --diagnostic-level error --fallback-display-name "$module" --fallback-bundle-identifier "cordon.$module" \
        --additional-symbol-graph-dir "$graphs" --transform-for-static-hosting --hosting-base-path "$module" \
        --output-path "$output/$module"
done
rm -rf "$output/graphs"
echo "Reference pages: $output (serve with: python3 -m http.server -d $output)"
