#!/usr/bin/env bash
# Images a second from archive to sealed store on one core, beside what libjpeg-turbo and libpng alone need for the same
# files on the same core in the same run: 500 colour JPEGs of 1024², 60 PNGs of 2048² in 16 bits, to 64².
# usage: Scripts/bench-imaging.sh path/to/ImagingBenchmark path/to/cordon [noise in steps of 1/255, 1]
set -euo pipefail

benchmark=$1
cordon=$2
noise=${3:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seconds() {
    local start end
    start=$(date +%s.%N)
    "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    end=$(date +%s.%N)
    awk -v s="$start" -v e="$end" 'BEGIN { print e - s }'
}
measure() {
    local name=$1 count=$2 side=$3 bits=$4
    "$benchmark" make "$work/$name" --count "$count" --side "$side" --bits "$bits" --noise "$noise"
    local size bare ours
    size=$(du -sk --apparent-size "$work/$name" | cut -f 1)
    cat "$work/$name"/*/* > /dev/null
    bare=$(taskset -c 0 "$benchmark" bare "$work/$name")
    ours=$(seconds taskset -c 0 "$cordon" images ingest --from "$work/$name" --to "$work/store-$name" \
        --key "$work/$name.key" --new-key)
    awk -v n="$name" -v c="$count" -v k="$size" -v b="$bare" -v o="$ours" 'BEGIN {
        printf "%s: %d images, %.0f kB each; ingest %.2f s, %.0f a second; library alone %.2f s, %.0f a second; ratio %.2f\n",
            n, c, k / c, o, c / o, b, c / b, o / b }'
}
measure jpeg-1024 500 1024 8
measure png-2048-16-bit 60 2048 16
