import Foundation
import Testing

extension EndToEnd {
    @Suite("Hospitals join over the network and sign")
    struct JoiningTests {
        private static let names = ["north", "south", "west"]

        /// A port that nobody uses now.
        private func freePort() throws -> UInt16 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let status = withUnsafeMutableBytes(of: &address) { raw -> Int32 in
                guard let start = raw.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
                return bind(descriptor, start, size) == 0 ? getsockname(descriptor, start, &size) : -1
            }
            try #require(status == 0)
            return UInt16(bigEndian: address.sin_port)
        }

        /// A coordinator and three hospitals with their stores, and the tokens in files.
        private func prepare(_ scratch: Scratch) throws {
            let rows = try ImageFolder.write(count: 60, to: scratch)
            try scratch.write(ImageFolder.manifest(rows), to: "manifest.csv")
            let ingest = [
                "images", "ingest", "--from", "manifest.csv", "--to", "store", "--key", "store.key", "--size", "16",
            ]
            let made = try CordonRun(ingest + ["--new-key"], in: scratch)
            try #require(made.status == 0, "\(made.standardError)")
            var initialise = FederationCommandTests.initialise
            let place = try #require(initialise.firstIndex(of: "127.0.0.1:8443"))
            initialise[place] = "127.0.0.1:\(try freePort())"
            let run = try CordonRun(
                initialise + ["--privacy", "epsilon=8", "--expected-patients", "20", "--json"], in: scratch)
            try #require(run.status == 0, "\(run.standardError)")
            struct Made: Decodable {
                struct Token: Decodable { let hospital: String, token: String }
                let tokens: [Token]
            }
            for token in try JSONDecoder().decode(Made.self, from: run.standardOutput).tokens {
                try scratch.write(token.token, to: "\(token.hospital).token")
                let hospital = try CordonRun(
                    [
                        "hospital", "init", "--name", token.hospital, "--dir", token.hospital, "--data", "store",
                        "--data-key", "store.key",
                    ], in: scratch)
                try #require(hospital.status == 0, "\(hospital.standardError)")
            }
        }

        private func token(_ name: String, _ scratch: Scratch) throws -> String {
            String(decoding: try scratch.data("\(name).token"), as: UTF8.self)
        }

        @Test func aTokenThatIsWrongIsRefusedBeforeAnybodyIsCalled() throws {
            let scratch = try Scratch()
            try prepare(scratch)
            let text = try token("north", scratch)
            let join = ["hospital", "join", "--dir", "north"]
            let mistyped = try CordonRun(join + [String(text.dropLast()) + "!"], in: scratch)
            #expect(mistyped.status == 65 && mistyped.standardError.contains("mistyped"))
            #expect(try CordonRun(join + ["hello"], in: scratch).status == 65)
            let other = try CordonRun(join + [try token("south", scratch)], in: scratch)
            #expect(other.status == 64 && other.standardError.contains("for south"))
            #expect(!scratch.has("north/coordinator.json"))
        }

        @Test func theyJoinLookSignAndAreBound() throws {
            let scratch = try Scratch()
            try prepare(scratch)
            // North cannot be asked: it is left with the draft, signs by its digest, and joins again.
            let run = try CordonRun(
                script: """
                    "$CORDON" coordinator serve --dir coordinator >serve.out 2>serve.err & serve=$!
                    trap 'kill $serve' EXIT
                    for name in south west; do
                      "$CORDON" hospital join $(cat $name.token) --dir $name --accept within-limits >$name.out 2>&1 &
                      joins="$joins $!"
                    done
                    "$CORDON" hospital join $(cat north.token) --dir north >north.out 2>&1 && exit 10
                    "$CORDON" agreement show north >draft.txt || exit 11
                    "$CORDON" agreement check north >check.txt && exit 12
                    "$CORDON" agreement sign --dir north --accept 00 >/dev/null 2>wrong.txt && exit 13
                    digest=$("$CORDON" agreement show north --json | sed -n 's/^  "digest" : "\\(.*\\)",/\\1/p')
                    "$CORDON" agreement sign --dir north --accept $digest >/dev/null || exit 14
                    "$CORDON" hospital join $(cat north.token) --dir north >north.out 2>&1 || exit 15
                    "$CORDON" agreement check north || exit 16
                    "$CORDON" doctor --dir north >doctor.txt || exit 17
                    "$CORDON" coordinator invite north --dir coordinator 2>closed.txt && exit 18
                    wait $joins || exit 19
                    cmp north/agreement.json coordinator/agreement.json && cmp south/agreement.json west/agreement.json
                    """, in: scratch)
            let north = try text(scratch, "north.out")
            #expect(run.status == 0, "\(run.standardError) \(north)")
            #expect(try text(scratch, "draft.txt").contains("DRAFT: not signed by"))
            #expect(try text(scratch, "draft.txt").contains("ε = 8.0"))
            #expect(try text(scratch, "check.txt").contains("NOT SIGNED"))
            #expect(try text(scratch, "wrong.txt").contains("was accepted"))
            #expect(run.output.contains("sound and in force"))
            #expect(try text(scratch, "doctor.txt").contains("accepts connections"))
            #expect(try text(scratch, "closed.txt").contains("takes nobody in"))
            try scratch.flip("north/agreement.json", at: 40)
            for command in ["show", "check"] {
                #expect(try CordonRun(["agreement", command, "north"], in: scratch).status != 0)
            }
        }

        private func text(_ scratch: Scratch, _ name: String) throws -> String {
            String(decoding: try scratch.data(name), as: UTF8.self)
        }
    }
}
