#!/usr/bin/env bash
# The kernels on 64-bit ARM: compiled for it, run in an emulator, and compared bit for bit with this machine's.
# Needs Debian's qemu-user-static and gcc-aarch64-linux-gnu, which `make test` does not.
set -euo pipefail

here=$(cd "$(dirname "$0")/.." && pwd)
for tool in clang aarch64-linux-gnu-gcc qemu-aarch64-static; do
    if ! command -v "$tool" >/dev/null; then
        echo "check-arm: $tool is missing; apt-get install qemu-user-static gcc-aarch64-linux-gnu, and Swift's clang" >&2
        exit 1
    fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources=("$here"/Sources/CRingKernels/*.c "$here/Tests/KernelProgram/kernels.c")
flags=(-O2 -Wall -Wextra -Werror "-I$here/Sources/CRingKernels/include")
cross=(--target=aarch64-linux-gnu --sysroot=/usr/aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include)
clang "${flags[@]}" -o "$work/here" "${sources[@]}" -lm
objects=()
for source in "${sources[@]}"; do
    object=$work/$(basename "$source").o
    clang "${cross[@]}" "${flags[@]}" -c "$source" -o "$object"
    objects+=("$object")
done
aarch64-linux-gnu-gcc -static -o "$work/arm" "${objects[@]}" -lm
expected=$("$work/here")
actual=$(qemu-aarch64-static "$work/arm")
if [ "$expected" != "$actual" ]; then
    echo "check-arm: the outputs differ: $expected here, $actual on ARM" >&2
    exit 1
fi
echo "the same outputs on both: $actual"
