import Mustache
import Report

/// Every page's template, parsed once, when the server starts.
struct PageTemplates: Sendable {
    /// The pages, and the parts that they include by name.
    enum Name: String, CaseIterable {
        case frame, federation, round, rounds, roundPage, quality, hospitals, attacks, entries, entry, notice, login
        case facts, participation
    }

    private let library: MustacheLibrary

    /// - Throws: the parser's error, for a template that is none.
    init() throws {
        MustacheContentTypes.register(EscapedContent(), named: EscapedContent.name)
        var library = MustacheLibrary()
        for name in Name.allCases {
            try library.register(
                "{{% CONTENT_TYPE: \(EscapedContent.name)}}\n" + Self.text(of: name), named: name.rawValue)
        }
        self.library = library
    }

    func render(_ name: Name, _ content: Any) -> String {
        guard let text = library.render(content, withTemplate: name.rawValue) else {
            preconditionFailure("every name has a template")
        }
        return text
    }

    static func text(of name: Name) -> String {
        switch name {
        case .frame: frameTemplate
        case .federation: federationTemplate
        case .round: roundTemplate
        case .roundPage: roundPageTemplate
        case .rounds: roundsTemplate
        case .quality: qualityTemplate
        case .hospitals: hospitalsTemplate
        case .attacks: attacksTemplate
        case .entries: entriesTemplate
        case .entry: entryTemplate
        case .notice: noticeTemplate
        case .login: loginTemplate
        case .facts: factsTemplate
        case .participation: participationTemplate
        }
    }
}

/// Escapes as the report does. The library's own escaping goes by characters, and so misses a quotation mark that a
/// combining accent follows, with which a hospital's name could leave an attribute.
private struct EscapedContent: MustacheContentType {
    static let name = "CORDON"

    func escapeText(_ text: String) -> String { PageParts.escaped(text) }
}
