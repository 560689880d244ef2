#!/usr/bin/env bash
# A federation across five hosts (a coordinator, four hospitals) joined by a network that loses 5 % of all packets and
# delays each by 50 ms, with one hospital cut off for 60 s in the middle of a round. Needs root, /dev/net/tun, iproute2
# and python3; says so and ends well where they are missing.
# usage: Scripts/network-test.sh [--data manifest.csv] [--rounds 3]
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
skip() { echo "SKIPPED: network-test: $1"; exit 0; }
[ "$(id -u)" = 0 ] || skip "it makes network namespaces, for which it must be root"
command -v ip > /dev/null || skip "iproute2 is missing: apt-get install iproute2"
command -v python3 > /dev/null || skip "python3 is missing: apt-get install python3"
[ -c /dev/net/tun ] || skip "/dev/net/tun is missing"

work=$(mktemp -d)
"$here/Scripts/lossy-network.py" --hosts 5 --loss 0.05 --delay-seconds 0.05 --cut "$work/cut" > "$work/router.log" 2>&1 &
router=$!
trap 'kill $router 2> /dev/null; wait $router 2> /dev/null || true' EXIT
for _ in $(seq 100); do
    grep -q ready "$work/router.log" && break
    kill -0 $router 2> /dev/null || skip "no namespaces can be made here: $(tail -n 1 "$work/router.log")"
    sleep 0.1
done

# coordinator, a, b, c, d are hosts 0 to 4
cat > "$work/at" <<'INNER'
#!/usr/bin/env bash
party=$1
shift
case $party in coordinator) host=0 ;; a) host=1 ;; b) host=2 ;; c) host=3 ;; d) host=4 ;; esac
exec ip netns exec "cordon-$host" "$@"
INNER
chmod +x "$work/at"
HOSPITALS="a b c d" ADDRESS=10.77.0.1 AT="$work/at" \
    "$here/Examples/three-hospitals/run.sh" --out "$work/run" --cut "$work/cut" 60 "$@"
grep -h "not connected" "$work"/run/calm/*.err | cut -c 1-160 | head -n 4
log="$work/run/calm/coordinator.log"
# Whatever the network did, nobody may be missing; a verdict of the defence is named with its reason.
if grep -qE "round [0-9]+: (absent|committed)" "$log"; then
    echo "network-test: a hospital was left out for its network" >&2
    exit 1
fi
grep -q "published" "$log"
echo "network-test: completed; the table above names every hospital in every round"
