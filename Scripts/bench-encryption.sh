#!/usr/bin/env bash
# The encryption of one round beside TenSEAL and SEAL, one thread, interleaved: table on the screen, JSON in a file.
# usage: Scripts/bench-encryption.sh path/to/EncryptionBenchmark [flags of Benchmarks/peers.py]
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
benchmark=$1
shift
environment=$here/.build/peers
if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment" || echo "bench-encryption: no virtual environment can be made here" >&2
fi
python=$environment/bin/python
[ -x "$python" ] || python=python3
if ! "$python" -c 'import numpy, seal, tenseal' 2>/dev/null; then
    "$python" -m pip install --quiet numpy seal-python==4.4.0 tenseal==0.3.18 ||
        echo "bench-encryption: the other libraries cannot be installed here; what is missing is left out" >&2
fi
pin=()
if command -v taskset >/dev/null; then
    core=$(taskset -cp $$ | sed 's/.*[ ,-]//')
    pin=(taskset -c "$core")
fi
json=$here/.build/bench-encryption.json
"${pin[@]}" "$python" "$here/Benchmarks/peers.py" "$benchmark" --json "$json" "$@"
echo "The figures lie in $json"
