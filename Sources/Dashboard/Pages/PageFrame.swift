import Foundation
import Ledger
import Report

/// What surrounds every page.
struct PageFrame {
    struct Link {
        let path: String
        let label: String
        let isCurrent: Bool
    }

    let title: String
    let federation: String?
    let links: [Link]
    let problem: String?
    let status: String?
    let version: String
    /// Whether the page is drawn anew as the ledger grows.
    let isLive: Bool
    let hasLogin: Bool
    /// HTML, made by a template.
    let body: String

    private static let pages = [
        ("/", "Federation"), ("/rounds", "Rounds"), ("/quality", "Model"), ("/hospitals", "Hospitals"),
        ("/attacks", "Attacks"), ("/ledger", "Ledger"),
    ]

    /// A page behind the login, or of a dashboard without one.
    /// - Parameter path: of the page in the navigation that it belongs to.
    init(_ title: String, path: String, snapshot: LedgerSnapshot, isLive: Bool, hasLogin: Bool, body: String) {
        self.title = title
        self.isLive = isLive
        self.hasLogin = hasLogin
        self.body = body
        federation = snapshot.foundation?.name ?? "no federation yet"
        links = Self.pages.map { Link(path: $0, label: $1, isCurrent: $0 == path) }
        problem = snapshot.problem
        version = snapshot.version
        let instant = Instants.text(UInt64(max(0, snapshot.readAt.timeIntervalSince1970)) * 1000)
        status =
            "\(Figures.plural(snapshot.entries.count, "entry", many: "entries")) read and executed again, as of "
            + "\(instant). \(snapshot.isSealed ? "The ledger is sealed: the run is over." : "The ledger may grow.")"
    }

    /// A page that anybody may see: login and errors.
    init(outside title: String, body: String) {
        self.title = title
        self.body = body
        federation = nil
        links = []
        problem = nil
        status = nil
        version = ""
        isLive = false
        hasLogin = false
    }
}
