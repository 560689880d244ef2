#!/usr/bin/env bash
# A coordinator and three hospitals, each a process of its own, over mutual TLS on this machine: three rounds, the ledger
# verified. With --kill, the same again with every hospital killed (kill -9) in each phase and the coordinator killed
# twice; both must end with the same model.
#
# With --renew, the first federation goes on under a new agreement: the last hospital leaves, another comes, the first
# replaces its key, and the model is carried over. With --full (root, in a mount namespace: unshare -m), the last hospital's
# disk fills up in the middle of a round, and gets more room when its process has ended.
#
# usage: Examples/three-hospitals/run.sh [--data manifest.csv] [--rounds 3] [--kill | --renew | --full] [--cut FILE SECONDS] [--out DIR]
#
# Every process may be put on a host of its own (Scripts/network-test.sh): HOSPITALS names them, ADDRESS is the
# coordinator's, and AT is a program that runs "PARTY COMMAND..." on that party's host. --cut writes the last hospital's
# number into FILE when the second round opens, and removes it after SECONDS.
#
# Without --data, synthetic radiographs are made: they say nothing about medicine. --data takes a CSV with the columns
# file, label and group or patient; patients are dealt over the hospitals.
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
cordon=${CORDON:-$here/.build/release/cordon}
data= rounds=3 kills=no renewal=no full=no out= cut= cut_seconds=0
while [ $# -gt 0 ]; do
    case $1 in
        --data) data=$2; shift 2 ;;
        --rounds) rounds=$2; shift 2 ;;
        --kill) kills=yes; shift ;;
        --renew) renewal=yes; shift ;;
        --full) full=yes; shift ;;
        --cut) cut=$2 cut_seconds=$3; shift 3 ;;
        --out) out=$2; shift 2 ;;
        *) echo "usage: $0 [--data manifest.csv] [--rounds 3] [--kill | --renew | --full] [--out DIR]" >&2; exit 64 ;;
    esac
done
[ -x "$cordon" ] || { echo "$cordon is missing: make build" >&2; exit 66; }
out=${out:-$(mktemp -d)}
mkdir -p "$out"
hospitals=${HOSPITALS:-north south west}
address=${ADDRESS:-127.0.0.1}
seed=1
# Room for what joining needs, and not for a round.
full_kibibytes=${FULL_KIBIBYTES:-640}
trap 'jobs -p | xargs -r kill 2>/dev/null || true' EXIT

# A port at which nobody answers now.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null || { echo "$port"; return; }
    done
}

# Runs a command on a party's host.
at() {
    local party=$1
    shift
    if [ -n "${AT:-}" ]; then exec "$AT" "$party" "$@"; else exec "$@"; fi
}

# Each hospital's own images, sealed. Made once: both federations train on the same.
prepare_images() {
    local number=0 hospital
    for hospital in $hospitals; do
        number=$((number + 1))
        if [ -n "$data" ]; then
            awk -F, -v n="$number" -v of="$(echo $hospitals | wc -w)" -v root="$(cd "$(dirname "$data")" && pwd)" '
                NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "file") f = i; if ($i == "label") l = i
                                                      if ($i == "group" || $i == "patient") p = i }
                          print "file,label,patient"; next }
                { if (!($p in dealt)) dealt[$p] = count++ % of + 1
                  if (dealt[$p] == n) print root "/" $f "," $l "," $p }' "$data" > "$out/$hospital.csv"
            "$cordon" images ingest --from "$out/$hospital.csv" --to "$out/$hospital.store" --key "$out/$hospital.key" --new-key
        else
            "$cordon" images synthesize --to "$out/$hospital.images" --count 240 --seed "$number"
            "$cordon" images ingest --from "$out/$hospital.images/manifest.csv" --to "$out/$hospital.store" \
                --key "$out/$hospital.key" --new-key
        fi
    done > "$out/ingest.log" 2>&1 || { cat "$out/ingest.log" >&2; exit 1; }
}

# Class names as the stores have them.
classes() {
    "$cordon" images report --store "$out/${hospitals%% *}.store" --key "$out/${hospitals%% *}.key" --json |
        sed -n 's/^ *"name" : "\(.*\)",$/\1/p' | paste -sd, -
}

# Sets up a federation in "$1" and runs it; "$2" is yes when everybody is to be killed on the way.
federate() {
    local place=$1 disturbed=$2 port hospital token number=0
    port=$(free_port)
    mkdir -p "$place"
    "$cordon" coordinator init --name example --address "$address:$port" --hospitals "${hospitals// /,}" \
        --classes "$(classes)" --rounds "$rounds" --model scattering --initial-seed "$seed" \
        --dir "$place/coordinator" > "$place/tokens"
    serve_coordinator "$place"
    for hospital in $hospitals; do
        if [ "$full" = yes ] && [ "$hospital" = "${hospitals##* }" ]; then
            mkdir "$place/$hospital"
            mount -t tmpfs -o size="$((full_kibibytes))k",mode=700 tmpfs "$place/$hospital"
        fi
        "$cordon" hospital init --name "$hospital" --dir "$place/$hospital" --data "$out/$hospital.store" \
            --data-key "$out/$hospital.key" --epsilon-max unbounded > /dev/null
        number=$((number + 1))
        token=$(grep -o 'cordon1:[A-Za-z0-9_-]*' "$place/tokens" | sed -n "${number}p")
        (at "$hospital" "$cordon" hospital join "$token" --dir "$place/$hospital" --accept within-limits) \
            > "$place/$hospital.join.log" &
        joins="${joins:-} $!"
    done
    await_joins "$place"
    echo "all have joined and signed $(grep -o 'agreement [0-9a-f]*' "$place/$hospital.join.log" | tail -1 | cut -d' ' -f2 | cut -c1-16)…"
    for hospital in $hospitals; do serve_hospital "$place" "$hospital"; done
    [ "$disturbed" = no ] || disturb "$place"
    [ -z "$cut" ] || cut_off "$place"
    [ "$full" = no ] || fill "$place" "${hospitals##* }"
    conclude "$place"
}

# Waits for everybody, verifies the ledger, and keeps the digest of the one model that all ended with.
conclude() {
    local place=$1 hospital
    for hospital in $hospitals; do await "$place" "$hospital"; done
    await "$place" coordinator
    "$cordon" ledger verify "$place/coordinator/ledger" | tail -n 3
    for hospital in $hospitals; do
        grep -ao 'model [0-9a-f]\{64\}' "$place/$hospital.log" | tail -1 | cut -d' ' -f2
    done | sort -u > "$place/model"
    [ "$(wc -l < "$place/model")" = 1 ] || { echo "the hospitals ended with different models" >&2; exit 1; }
}

# The same federation under its next agreement: one hospital leaves, one comes, one has a new key.
renew() {
    local place=$1 first last hospital
    first=${hospitals%% *}
    last=${hospitals##* }
    for file in csv images store key; do
        [ ! -e "$out/$last.$file" ] || cp -Rp "$out/$last.$file" "$out/east.$file"
    done
    hospitals="${hospitals% *} east"
    sed -i "s/^hospitals:.*/hospitals: [${hospitals// /, }]/" "$place/coordinator/coordinator.yaml"
    "$cordon" coordinator renew --dir "$place/coordinator" --rotate "$first" > "$place/renewal"
    serve_coordinator "$place"
    mv "$place/$first" "$place/$first.before"
    for hospital in $hospitals; do
        case $hospital in
            "$first" | east)
                "$cordon" hospital init --name "$hospital" --dir "$place/$hospital" --data "$out/$hospital.store" \
                    --data-key "$out/$hospital.key" --epsilon-max unbounded > /dev/null
                token=$(grep -A1 "^$hospital " "$place/renewal" | grep -o 'cordon1:[A-Za-z0-9_-]*')
                (at "$hospital" "$cordon" hospital join "$token" --dir "$place/$hospital" --accept within-limits) ;;
            *) (at "$hospital" "$cordon" hospital renew --dir "$place/$hospital" --accept within-limits) ;;
        esac > "$place/$hospital.join.log" &
        joins="${joins:-} $!"
    done
    await_joins "$place"
    for hospital in $hospitals; do serve_hospital "$place" "$hospital"; done
    conclude "$place"
    "$cordon" ledger verify "$place"/coordinator/epochs/*/ledger | tail -n 1
    echo "$("$cordon" agreement show "$place/coordinator" | grep -o 'goes on from.*' | cut -c1-30)…, $last left, east came, $first has a new key"
}

serve_coordinator() {
    (at coordinator "$cordon" coordinator serve --dir "$1/coordinator") >> "$1/coordinator.log" 2>> "$1/coordinator.err" &
    echo $! > "$1/coordinator.pid"
}

serve_hospital() {
    (at "$2" "$cordon" hospital serve --dir "$1/$2" --insecure-seed "$seed") >> "$1/$2.log" 2>> "$1/$2.err" &
    echo $! > "$1/$2.pid"
}

# Waits until everybody has signed; whoever cannot ends it for all.
await_joins() {
    local ended
    while [ -n "${joins// /}" ]; do
        wait -n -p ended $joins || { echo "somebody could not join:" >&2; tail -n 2 "$1"/*.join.log >&2; exit 1; }
        joins=" $joins "
        joins=${joins/ $ended / }
    done
}

# Waits until the present process of a party has ended well.
await() {
    local pid
    pid=$(cat "$1/$2.pid")
    wait "$pid" || { echo "$2 failed:" >&2; tail -n 5 "$1/$2.err" >&2; exit 1; }
}

# Kills each hospital in another phase of the first rounds, so that every phase sees a death, and the coordinator twice.
disturb() {
    local place=$1 phases="commit reveal sketch verdict sum report vote" index=0 phase victim round
    set -- $hospitals
    for phase in $phases; do
        index=$((index + 1))
        round=$(((index - 1) * rounds / 7 + 1))
        victim=$(echo "$hospitals" | cut -d' ' -f $(((index - 1) % 3 + 1)))
        await_line "$place/coordinator.log" "round $round  $phase"
        kill_and_restart "$place" "$victim" "$phase of round $round"
        case $phase in sketch | report) kill_and_restart "$place" coordinator "$phase of round $round" ;; esac
    done
}

# Cuts the last hospital off for a while, in the middle of a round.
cut_off() {
    await_line "$1/coordinator.log" "round 2/$rounds open"
    echo $hospitals | wc -w > "$cut"
    echo "$(echo $hospitals | awk '{ print $NF }') is cut off for $cut_seconds s"
    sleep "$cut_seconds"
    rm "$cut"
}

# Waits for the hospital to end for want of room, gives it some, and starts it again.
fill() {
    local status=0
    wait "$(cat "$1/$2.pid")" || status=$?
    [ "$status" = 74 ] || { echo "$2 ended with $status on a full disk" >&2; exit 1; }
    tail -n 1 "$1/$2.err"
    mount -o remount,size=0 "$1/$2"
    serve_hospital "$1" "$2"
}

await_line() {
    local waited=0
    until grep -qF "$2" "$1"; do
        sleep 0.05
        waited=$((waited + 1))
        [ "$waited" -lt 12000 ] || { echo "\"$2\" never came in $1" >&2; exit 1; }
    done
}

kill_and_restart() {
    kill -9 "$(cat "$1/$2.pid")" 2> /dev/null || true
    wait "$(cat "$1/$2.pid")" 2> /dev/null || true
    echo "killed $2 in $3"
    if [ "$2" = coordinator ]; then serve_coordinator "$1"; else serve_hospital "$1" "$2"; fi
}

prepare_images
start=$(date +%s)
federate "$out/calm" no
if [ "$renewal" = yes ]; then
    cp -R "$out/calm/model" "$out/model.before"
    renew "$out/calm"
    cmp -s "$out/calm/model" "$out/model.before" && { echo "the model did not go on" >&2; exit 1; }
    echo "renewed:     from model $(cut -c1-16 "$out/model.before")… to $(cut -c1-16 "$out/calm/model")… after $(($(date +%s) - start)) s"
    exit 0
fi
echo "undisturbed: model $(cut -c1-16 "$out/calm/model")… after $(($(date +%s) - start)) s"
sed -n '/hospital  /,$p' "$out/calm/coordinator.log"
if [ "$kills" = yes ]; then
    start=$(date +%s)
    federate "$out/killed" yes
    echo "with kills:  model $(cut -c1-16 "$out/killed/model")… after $(($(date +%s) - start)) s"
    cmp -s "$out/calm/model" "$out/killed/model" || { echo "the models differ" >&2; exit 1; }
    echo "the same model, to the bit"
fi
