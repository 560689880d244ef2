#!/usr/bin/env bash
# One round of ten hospitals with an update of 11.7 M parameters, each party a process, over mutual TLS on the loopback
# interface: how long the transfer and each later phase takes, beside the time the ciphertexts' bytes need over the same
# transport in the same run, and peak memory. The coordinator is killed when the round is open and started again when all
# hospitals have encrypted: the first phase is then the transfer, and none of their own work on this machine's processors.
# usage: Scripts/bench-network.sh path/to/NetworkBenchmark [--members N] [--dimension D]
set -euo pipefail

benchmark=$1
shift
members=10
for ((i = 1; i <= $#; i++)); do
    [ "${!i}" != --members ] || { next=$((i + 1)); members=${!next}; }
done
work=$(mktemp -d)
trap 'jobs -p | xargs -r kill 2> /dev/null || true; rm -rf "$work"' EXIT
port=$((20000 + RANDOM % 20000))

listening() {
    for _ in $(seq 600); do
        grep -q listening "$1" && return
        sleep 0.1
    done
    echo "bench-network: nobody listens; see above" >&2
    exit 1
}

"$benchmark" rate --receives --port $port --directory "$work" "$@" > "$work/sink" &
sink=$!
listening "$work/sink"
"$benchmark" rate --port $port --directory "$work" "$@" | tee "$work/rate"
kill $sink
wait $sink 2> /dev/null || true

port=$((port + 1))
"$benchmark" coordinator --port $port --directory "$work/coordinator" "$@" > "$work/log" 2> "$work/err" &
coordinator=$!
listening "$work/log"
hospitals=()
for ((member = 0; member < members; member++)); do
    "$benchmark" hospital --member $member --port $port --directory "$work/hospital-$member" "$@" \
        > "$work/hospital-$member.log" 2>&1 &
    hospitals+=("/proc/$!")
done

# Waits until every hospital has written the line, or has been idle for two seconds.
all_say() {
    for _ in $(seq 600); do
        [ "$(grep -l "$1" "$work"/hospital-*.log | wc -l)" -lt $members ] || return 0
        sleep 0.1
    done
    echo "bench-network: not every hospital said $1" >&2
    exit 1
}
ticks() { cat "${hospitals[@]/%//stat}" | awk '{ sum += $14 + $15 } END { print sum }'; }
all_idle() {
    local before=-1 idle=0
    for _ in $(seq 600); do
        local now
        now=$(ticks)
        if ((now - before <= members)); then idle=$((idle + 1)); else idle=0; fi
        before=$now
        ((idle < 4)) || return 0
        sleep 0.5
    done
    echo "bench-network: the hospitals are still at work after five minutes" >&2
    exit 1
}
all_say opened
kill -9 $coordinator
wait $coordinator 2> /dev/null || true
sleep 2
all_idle
# Stopped meanwhile, so that all dial in the same instant.
kill -STOP "${hospitals[@]#/proc/}"
"$benchmark" coordinator --port $port --directory "$work/coordinator" "$@" > "$work/log" 2> "$work/err" &
coordinator=$!
listening "$work/log"
sleep 2
kill -CONT "${hospitals[@]#/proc/}"
wait $coordinator || { tail -n 5 "$work/err" >&2; exit 1; }
cat "$work/log"
sort -u "$work"/hospital-*.log | grep peak | sort -k2 -n | tail -n 1 | sed 's/^/largest hospital: /'
