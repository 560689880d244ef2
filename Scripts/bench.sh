#!/usr/bin/env bash
# Runs one federation and shows, from its summary.json, what protection cost beside plain training in the same run.
# usage: Scripts/bench.sh path/to/cordon [flags of `cordon simulate`]
set -euo pipefail

cordon=$1
shift
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
"$cordon" simulate "$@" --out "$directory/run"

# summary.json is written with one key a line and sorted keys, so the block of timings can be cut out by its name.
awk -F '[:,]' '
    /^  "timing"/ { inside = 1; next }
    inside && /}/ { inside = 0 }
    inside && /Seconds"/ { gsub(/[ "]/, "", $1); sub(/Seconds$/, "", $1); seconds[$1] = $2 + 0 }
    /^  "protocolShare"/ { share = $2 + 0 }
    END {
        if (!("total" in seconds) || !("training" in seconds)) {
            print "bench: summary.json holds no timings" > "/dev/stderr"
            exit 1
        }
        count = split("loading training evaluation encryption openings ledger baselines total", names, " ")
        printf "\n%-12s %10s %10s %s\n", "", "seconds", "of total", "of training"
        for (i = 1; i <= count; i++) {
            name = names[i]
            if (name in seconds)
                printf "%-12s %10.2f %9.1f%% %10.1f%%\n", name, seconds[name], \
                    100 * seconds[name] / seconds["total"], 100 * seconds[name] / seconds["training"]
        }
        printf "\nCryptography, ledger and protocol: %.1f%% of the run.\n", 100 * share
    }' "$directory/run/summary.json"
