#!/usr/bin/env bash
# Installs what the build needs from Debian, and from PyPI what only tests need. Quiet when nothing is missing; clear
# when it cannot. Without the PyPI packages the tests that need them are skipped.
set -euo pipefail

packages=(
    libtorch-dev       # training
    libturbojpeg0-dev  # JPEG
    libpng-dev         # PNG
    libdcmtk-dev       # DICOM
    libopenjp2-7-dev   # JPEG 2000 in DICOM
    libsqlite3-dev     # ledger and journal
    zlib1g-dev         # PNG and NPZ
    libb2-dev          # BLAKE2b of Microsoft SEAL's files
    libzstd-dev        # their compression
    libsecp256k1-dev   # accounts on an EVM chain
    g++                # C++ headers for libtorch
    make git ca-certificates
)

fail() {
    echo "bootstrap: $1" >&2
    exit 1
}

installed() { [ "$(dpkg-query -W -f='${Status}' "$1" 2>/dev/null)" = "install ok installed" ]; }

command -v swift >/dev/null || fail "no swift in PATH. Install a Swift 6.2 toolchain or later: https://swift.org/install/linux"
command -v dpkg-query >/dev/null || fail "this is no Debian. Install by hand what Debian calls: ${packages[*]}"

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done
install() {
    echo "bootstrap: installing ${missing[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "neither root nor sudo. Ask an administrator for: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    export DEBIAN_FRONTEND=noninteractive

    # The package lists may be absent or old: fetch them only when the first try fails.
    if ! "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
        "${as_root[@]}" apt-get update -qq || fail "apt-get update failed: is the network up?"
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
            fail "apt-get install failed: see above"
    fi
    for package in "${missing[@]}"; do
        installed "$package" || fail "$package is still missing"
    done
}
[ ${#missing[@]} -eq 0 ] || install

# A chain in Python, the contract's compiler, and a reader of C2SP logs, each at the version that was tried.
python=.build/python
oracles=('eth-tester[py-evm]==0.14.0b1' coincurve==21.0.0 pyrevm==0.3.7 vyper==0.4.3)
tlog=aics-tlog==0.2.1 # declares a newer Python than it needs
wanted="${oracles[*]} $tlog"
cd "$(dirname "$0")/.."
[ "$(cat "$python/installed" 2>/dev/null)" != "$wanted" ] || exit 0
echo "bootstrap: installing test oracles from PyPI into $python"
if python3 -m venv "$python" && "$python/bin/pip" install -q --disable-pip-version-check "${oracles[@]}" &&
    "$python/bin/pip" install -q --disable-pip-version-check --ignore-requires-python "$tlog"; then
    echo "$wanted" >"$python/installed"
else
    echo "bootstrap: no test oracles from PyPI (is python3-venv there, and the network up?): the tests that need them will be skipped" >&2
fi
