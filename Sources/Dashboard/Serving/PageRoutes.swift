import Hummingbird
import Ledger
import Report

/// Every page, drawn from the ledger as it stands when it is asked for.
struct PageRoutes: Sendable {
    let follower: LedgerFollower
    let templates: PageTemplates
    let hasLogin: Bool

    private static let waiting =
        "There is no ledger here yet; this page will show it as soon as its first entry stands."

    func add(to router: Router<DashboardContext>) {
        page(router, "", "Federation") { FederationPage($0).map { (.federation, $0) } }
        page(router, "rounds", "Rounds") { $0.log == nil ? nil : (.rounds, RoundsPage($0)) }
        page(router, "quality", "Model") { snapshot in
            (.quality, QualityPage(snapshot))
        }
        page(router, "hospitals", "Hospitals") { HospitalsPage($0).map { (.hospitals, $0) } }
        page(router, "attacks", "Attacks") { $0.log == nil ? nil : (.attacks, AttacksPage($0)) }
        router.get("rounds/:number") { _, context in try await round(context) }
        router.get("ledger") { request, _ in await entries(request) }
        router.get("ledger/:index") { _, context in try await entry(context) }
        router.get("version") { _, _ in text(await follower.current().version, "text/plain") }
        router.get("style.css") { _, _ in text(DashboardStyle.sheet, "text/css") }
        router.get("live.js") { _, _ in text(LiveScript.text, "text/javascript") }
    }

    private func page(
        _ router: Router<DashboardContext>, _ path: String, _ title: String,
        _ content: @escaping @Sendable (LedgerSnapshot) -> (PageTemplates.Name, Any)?
    ) {
        router.get(RouterPath(path)) { _, _ in
            let snapshot = await follower.current()
            return draw(title, path: "/" + path, snapshot, content(snapshot))
        }
    }

    private func round(_ context: DashboardContext) async throws -> Response {
        let snapshot = await follower.current()
        guard let number = context.parameters.get("number", as: UInt32.self),
            let round = snapshot.rounds.first(where: { $0.number == number })
        else { throw HTTPError(.notFound) }
        return draw("Round \(number)", path: "/rounds", snapshot, (.roundPage, RoundView(round, in: snapshot)))
    }

    private func entries(_ request: Request) async -> Response {
        let snapshot = await follower.current()
        let query = request.uri.queryParameters
        let page = EntriesPage(
            snapshot, page: query.get("page", as: Int.self) ?? 1, round: query.get("round", as: UInt32.self))
        return draw("Ledger", path: "/ledger", snapshot, snapshot.log == nil ? nil : (.entries, page))
    }

    private func entry(_ context: DashboardContext) async throws -> Response {
        let snapshot = await follower.current()
        guard let index = context.parameters.get("index", as: Int.self),
            let entry = try EntryPage(snapshot, index: index)
        else { throw HTTPError(.notFound) }
        return draw("Entry \(index)", path: "/ledger", snapshot, (.entry, entry))
    }

    private func draw(
        _ title: String, path: String, _ snapshot: LedgerSnapshot, _ content: (PageTemplates.Name, Any)?
    ) -> Response {
        let (name, value) = content ?? (.notice, Notice(text: Self.waiting))
        let frame = PageFrame(
            title, path: path, snapshot: snapshot, isLive: true, hasLogin: hasLogin,
            body: templates.render(name, value))
        return .html(templates.render(.frame, frame))
    }

    private func text(_ text: String, _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "\(type); charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
