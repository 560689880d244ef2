import Foundation
import FoundationXML
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Report
import Testing

@testable import Dashboard

@Suite struct PageTests {
    /// Collects what an element-wise reader of a page finds.
    private final class PageReader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        init(_ page: String) throws {
            super.init()
            // HTML's one entity-free dialect that is XML too, but for the document type.
            let parser = XMLParser(data: Data(page.replacing("<!DOCTYPE html>\n", with: "").utf8))
            parser.delegate = self
            guard parser.parse() else { throw parser.parserError ?? CocoaError(.coderReadCorrupt) }
        }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) { elements.append((name, attributes)) }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func all(_ name: String) -> [[String: String]] { elements.filter { $0.name == name }.map(\.attributes) }
    }

    private func pages(of ledger: ServedLedger, _ paths: [String] = ServedLedger.paths) async throws -> [String: String]
    {
        try await ledger.server().application().test(.router) { client in
            var pages: [String: String] = [:]
            for path in paths {
                let response = try await client.execute(uri: path, method: .get)
                #expect(response.status == .ok, "\(path)")
                pages[path] = String(buffer: response.body)
            }
            return pages
        }
    }

    @Test func everyPageIsWellFormedAndAccessible() async throws {
        for (path, page) in try await pages(of: try .eventful()) {
            let read = try PageReader(page)
            for landmark in ["header", "main", "footer", "h1", "title"] {
                #expect(read.all(landmark).count == 1, "\(landmark) of \(path)")
            }
            #expect(read.all("html")[0]["lang"] == "en")
            #expect(read.all("a")[0] == ["class": "skip", "href": "#content"])
            #expect(read.all("nav").allSatisfy { $0["aria-label"] != nil }, "\(path)")
            #expect(read.all("table").count == read.all("caption").count, "\(path)")
            #expect(read.all("th").allSatisfy { $0["scope"] != nil }, "\(path)")
            let levels = read.elements.compactMap { $0.name.wholeMatch(of: /h([1-6])/).flatMap { Int($0.1) } }
            #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 }, "headings of \(path): \(levels)")
            let identifiers = read.elements.compactMap { $0.attributes["id"] }
            #expect(Set(identifiers).count == identifiers.count, "identifiers of \(path)")
            #expect(!page.contains("{{") && !page.contains("}}"), "\(path)")
            for (name, attributes) in read.elements {
                for (key, value) in attributes where ["src", "href", "action"].contains(key) {
                    #expect(value.hasPrefix("/") || value.hasPrefix("#") || value == "data:,", "\(name) \(value)")
                }
                #expect(!attributes.keys.contains { $0.hasPrefix("on") }, "\(name) of \(path)")
            }
        }
    }

    /// `ContrastTests` computes the contrast of the palette; the dashboard brings no colour of its own.
    @Test func coloursAreThePalettesOnly() {
        let own = DashboardStyle.sheet.dropFirst(PageParts.styleSheet.count)
        #expect(own.firstMatch(of: /#[0-9a-fA-F]{3}|rgb|hsl/) == nil)
        #expect(own.contains("var(--accent)"))
    }

    @Test func hostileNamesStayText() async throws {
        // The second leaves an attribute wherever escaping goes by characters: the mark has an accent on it.
        let names = [
            "<svg/onload=alert(1)>", "\"\u{301}onmouseover='alert(1)'x=\"", "&lt;b>", "{{{body}}}", "'\u{202e}d",
        ]
        let ledger = try ServedLedger.eventful { foundation in
            FederationFoundation(
                name: "</title><script>alert(1)</script>", agreementDigest: foundation.agreementDigest,
                coordinatorKey: foundation.coordinatorKey,
                members: zip(names, foundation.members).map { .init(name: $0, publicKey: $1.publicKey) },
                threshold: foundation.threshold, corruptible: foundation.corruptible,
                recipientKeyBytes: foundation.recipientKeyBytes, blockCount: foundation.blockCount,
                epsilonBudgetMicros: foundation.epsilonBudgetMicros, deltaExponent: foundation.deltaExponent,
                initialModel: foundation.initialModel, maximumRounds: foundation.maximumRounds)
        }
        let pages = try await pages(of: ledger)
        for (path, page) in pages {
            let read = try PageReader(page)
            #expect(read.all("svg").isEmpty && read.all("b").allSatisfy(\.isEmpty), "\(path)")
            #expect(read.all("script") == [["src": "/live.js", "defer": "defer"]], "\(path)")
            #expect(!read.elements.contains { $0.attributes.keys.contains { $0.hasPrefix("on") } }, "\(path)")
            #expect(!page.unicodeScalars.contains("\u{1}"))
        }
        let hospitals = try PageReader(try #require(pages["/hospitals"]))
        for name in names { #expect(hospitals.text.unicodeScalars.contains(name.unicodeScalars), "\(name) is shown") }
    }

    @Test func nobodyIsLeftOutSilently() async throws {
        let pages = try await pages(of: try .eventful())
        let rounds = try PageReader(try #require(pages["/rounds"]))
        for member in 0..<5 {
            for round in 1...3 {
                let titles = rounds.all("td").compactMap { $0["title"] }
                #expect(titles.filter { $0.hasPrefix("hospital-\(member), round \(round): ") }.count == 1)
            }
        }
        let titles = rounds.all("td").compactMap { $0["title"] }
        #expect(titles.contains("hospital-3, round 1: excluded: scaled update"))
        #expect(titles.contains("hospital-4, round 2: absent"))
        #expect(titles.contains("hospital-4, round 3: not yet committed"))
        #expect(titles.contains("hospital-0, round 3: committed"))
    }

    @Test func figuresAreTheLedgers() async throws {
        let pages = try await pages(of: try .eventful())
        let attacks = try PageReader(try #require(pages["/attacks"])).text
        #expect(attacks.contains("scaled update") && attacks.contains("700 against a bound of 90"))
        #expect(attacks.contains("hospital-0 contests the answer of hospital-1"))
        #expect(attacks.contains("hospital-4 voted against the model"))
        let hospitals = try PageReader(try #require(pages["/hospitals"]))
        let spent = hospitals.all("progress").map { $0["value"] }
        #expect(spent == ["3750000", "3750000", "3750000", "3750000", "1250000"])
        #expect(hospitals.all("progress").allSatisfy { $0["max"] == "8000000" })
        let now = try PageReader(try #require(pages["/"])).text
        #expect(now.contains("Round 3 now") && now.contains("hospitals train and commit encrypted updates"))
    }

    @Test func anEntryCarriesItsProof() async throws {
        let ledger = try ServedLedger.eventful()
        let snapshot = await ledger.follower().current()
        for index in snapshot.entries.indices {
            let page = try #require(try EntryPage(snapshot, index: index))
            #expect(page.holds)
            #expect(page.leafHash == ledger.federation.log.records[index].leafHash.hex)
            #expect(page.proof.contains("checkpoint that the coordinator signed"))
        }
        #expect(try EntryPage(snapshot, index: snapshot.entries.count) == nil)
        #expect(try EntryPage(snapshot, index: -1) == nil)
    }

    @Test func entriesArePagedNewestFirst() async throws {
        let ledger = try ServedLedger.eventful()
        let snapshot = await ledger.follower().current()
        let count = snapshot.entries.count
        try #require(count > EntriesPage.entriesPerPage)
        let first = EntriesPage(snapshot, page: 1, round: nil)
        let last = EntriesPage(snapshot, page: 1_000_000, round: nil)
        #expect(first.rows.count == EntriesPage.entriesPerPage && first.rows[0].index == "\(count - 1)")
        #expect(first.newer == nil && first.older == "/ledger?page=2")
        #expect(last.rows.last?.index == "0" && last.older == nil && last.newer != nil)
        #expect(EntriesPage(snapshot, page: 1, round: 3).rows.count == 5)
        #expect(EntriesPage(snapshot, page: -7, round: 99).rows.isEmpty)
    }

    @Test(
        arguments: [
            "/nothing", "/rounds/9", "/rounds/x", "/ledger/-1", "/ledger/99999999999999999999", "/../etc/passwd",
        ]
    )
    func whatIsNotThereIsNotFound(path: String) async throws {
        try await ServedLedger.withEventful(.router) { client in
            let response = try await client.execute(uri: path, method: .get)
            #expect(response.status == .notFound)
            #expect(response.headers[.contentSecurityPolicy] == SecurityHeaders<DashboardContext>.policy)
        }
    }
}

extension String.UnicodeScalarView {
    fileprivate func contains(_ other: String.UnicodeScalarView) -> Bool {
        String(decoding: Array(String(self).utf8), as: UTF8.self).utf8.firstRange(of: String(other).utf8) != nil
    }
}
