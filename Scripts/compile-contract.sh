#!/usr/bin/env bash
# Compiles Contracts/FederationLedger.vy: its ABI beside it, its bytecode into Sources/EthereumLedger.
# With --check, says whether what is committed is what comes out. The same compiler gives the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.4.3
vyper=${CORDON_VYPER:-vyper}
check=no
[ "${1:-}" = --check ] && check=yes

command -v "$vyper" >/dev/null || {
    echo "compile-contract: no vyper. pip install vyper==$version, and set CORDON_VYPER to it" >&2
    exit 66
}
case "$("$vyper" --version)" in
"$version"*) ;;
*)
    echo "compile-contract: $("$vyper" --version) is not vyper $version, which the bytecode is reproduced with" >&2
    exit 65
    ;;
esac

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$vyper" -f abi Contracts/FederationLedger.vy >"$made/abi"
"$vyper" -f bytecode Contracts/FederationLedger.vy | tr -d '\n' | sed 's/^0x//' >"$made/code"
{
    echo 'import Ledger'
    echo
    echo '/// What `Scripts/compile-contract.sh` made of `Contracts/FederationLedger.vy`; do not edit.'
    echo 'enum LedgerContractCode {'
    echo '    static let bytes = decodeHexadecimal(hexadecimal) ?? []'
    echo
    echo '    private static let hexadecimal = """'
    { fold -w 111 "$made/code"; echo; } | sed 's/^/        /; $!s/$/\\/'
    echo '        """'
    echo '}'
} >"$made/swift"

for pair in abi:Contracts/FederationLedger.json swift:Sources/EthereumLedger/LedgerContractCode.swift; do
    from="$made/${pair%%:*}" to="${pair#*:}"
    if [ "$check" = yes ]; then
        cmp -s "$from" "$to" || {
            echo "compile-contract: $to is not what the contract compiles to: run Scripts/compile-contract.sh" >&2
            exit 1
        }
    else
        cp "$from" "$to"
    fi
done
