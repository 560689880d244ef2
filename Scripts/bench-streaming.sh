#!/usr/bin/env bash
# A ResNet-18-sized update from 50 simulated hospitals: the coordinator's peak memory, measured by GNU time.
# usage: Scripts/bench-streaming.sh path/to/EncryptionBenchmark [--dimension D] [--members N]
set -euo pipefail

benchmark=$1
shift
limit_kilobytes=400000
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
[ -x /usr/bin/time ] || { echo "bench-streaming: /usr/bin/time is missing (package time)" >&2; exit 1; }
echo "hospitals encrypt to files..."
"$benchmark" stream-hospitals "$directory" "$@"
du -sh "$directory" | cut -f 1
/usr/bin/time -v -o "$directory/time" "$benchmark" stream-coordinator "$directory" "$@"
grep -E 'Maximum resident|Elapsed' "$directory/time"
peak=$(awk '/Maximum resident/ { print $NF }' "$directory/time")
if [ "$peak" -ge "$limit_kilobytes" ]; then
    echo "bench-streaming: peak memory of $peak kB is not below $limit_kilobytes kB" >&2
    exit 1
fi
