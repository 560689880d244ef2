#!/usr/bin/env bash
# Installs what the build needs from Debian. Quiet when nothing is missing; clear when it cannot.
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
[ ${#missing[@]} -gt 0 ] || exit 0

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
