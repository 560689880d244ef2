#!/usr/bin/env bash
# The transform of one row in every family of kernels beside Microsoft SEAL's, one thread, in turns.
# usage: Scripts/bench-kernels.sh path/to/EncryptionBenchmark [flags of Benchmarks/transforms.py]
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
benchmark=$1
shift
environment=$here/.build/peers
if [ ! -x "$environment/bin/python" ]; then
    python3 -m venv "$environment" || echo "bench-kernels: no virtual environment can be made here" >&2
fi
python=$environment/bin/python
[ -x "$python" ] || python=python3
if ! "$python" -c 'import seal' 2>/dev/null; then
    "$python" -m pip install --quiet seal-python==4.4.0 || echo "bench-kernels: seal-python cannot be installed here" >&2
fi
pin=()
if command -v taskset >/dev/null; then
    core=$(taskset -cp $$ | sed 's/.*[ ,-]//')
    pin=(taskset -c "$core")
fi
json=$here/.build/bench-kernels.json
"${pin[@]}" "$python" "$here/Benchmarks/transforms.py" "$benchmark" --json "$json" "$@"
echo "The figures lie in $json"
