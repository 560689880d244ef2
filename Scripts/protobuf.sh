#!/usr/bin/env bash
# Generates the Swift of Protos/ anew; with --check only says whether what is committed is what would be generated.
# Needs Debian's protobuf-compiler; the plugins come with the packages and are built here.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v protoc >/dev/null || {
    echo "protobuf: protoc is missing: apt-get install protobuf-compiler" >&2
    exit 1
}
flags=(-c release -Xswiftc -enable-testing)
for plugin in protoc-gen-swift protoc-gen-grpc-swift-2; do
    swift build "${flags[@]}" --product "$plugin" >/dev/null
done
target=Sources/FederationService/Generated
out=$target
if [ "${1:-}" = --check ]; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
fi
mkdir -p "$out"
protoc --proto_path=Protos \
    --plugin=.build/release/protoc-gen-swift --plugin=.build/release/protoc-gen-grpc-swift-2 \
    --swift_out="$out" --swift_opt=Visibility=Internal --swift_opt=FileNaming=DropPath \
    --grpc-swift-2_out="$out" --grpc-swift-2_opt=Visibility=Internal --grpc-swift-2_opt=FileNaming=DropPath \
    Protos/cordon/v1/*.proto
[ "$out" = "$target" ] || diff -r "$out" "$target" || {
    echo "protobuf: $target is not what Protos/ gives: run Scripts/protobuf.sh" >&2
    exit 1
}
