#!/usr/bin/env bash
# Is each rule of the ledger's contract held by a test? Builds the contract once with a switch that lets one rule pass
# everything, runs the contract's tests for each rule switched off, and names those that no test misses.
# Usage: Scripts/check-rules.sh [FOLDER], where FOLDER (default .build/rules) takes a small package of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
package=${1:-.build/rules}
mkdir -p "$package/Sources" "$package/Tests/RuleTests"
cd "$package"

rm -rf Sources/Ledger Tests/RuleTests/*.swift
cp -r "$repository/Sources/Ledger" Sources/
for name in TestFederation ShamirSharing RefusalCases RefusalCases+All RefusalCases+Round ContractRefusalTests \
    ContractRoundTests LedgerAttackTests; do
    cp "$repository/Tests/LedgerTests/$name.swift" Tests/RuleTests/
done
version=$(sed -n 's/.*swift-crypto", exact: "\(.*\)").*/\1/p' "$repository/Package.swift")
cat >Package.swift <<END
// swift-tools-version: 6.2
import PackageDescription
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let package = Package(
    name: "cordon",
    dependencies: [.package(url: "https://github.com/apple/swift-crypto", exact: "$version")],
    targets: [
        .target(name: "Ledger", dependencies: [crypto]),
        .testTarget(name: "RuleTests", dependencies: ["Ledger", crypto]),
    ])
END

rules=Sources/Ledger/FederationContract.swift
sed -i '1i import Glibc\n' "$rules"
sed -i 's/^    guard condition else { throw Refusal(code, message()) }$/    guard condition || code.rawValue == ruleThatIsOff else { throw Refusal(code, message()) }/' "$rules"
echo 'private let ruleThatIsOff = getenv("CORDON_RULE_OFF").map { String(cString: $0) } ?? ""' >>"$rules"
grep -q ruleThatIsOff "$rules" && [ "$(grep -c ruleThatIsOff "$rules")" = 2 ] || {
    echo "check-rules: the contract's require() has another form than this script knows" >&2
    exit 65
}
swift build -c release -Xswiftc -enable-testing --build-tests

try() { CORDON_RULE_OFF=$1 timeout 120 swift test -c release -Xswiftc -enable-testing --skip-build >log 2>&1; }
try "" || {
    tail -20 log
    echo "check-rules: the tests fail with every rule on" >&2
    exit 1
}
held=0 unheld=() guards=()
for rule in $(sed -n 's/^    case //p' Sources/Ledger/RefusalCode.swift | tr -d ','); do
    # A code that is only thrown where the program could not go on cannot be switched off.
    if ! grep -qE "(^|[ (])\.$rule\b" <(grep -h -v "Refusal(\.$rule" Sources/Ledger/*.swift | grep -v '^    case ') ; then
        guards+=("$rule")
    elif try "$rule"; then
        unheld+=("$rule")
    else
        held=$((held + 1))
    fi
done
echo "rules: $held are missed by a test when they are off; ${#guards[@]} cannot be switched off (${guards[*]})"
[ ${#unheld[@]} -eq 0 ] || {
    echo "check-rules: no test misses: ${unheld[*]}" >&2
    exit 1
}
