import Hummingbird

/// Lets nobody past who has not logged in.
struct LoginGate: RouterMiddleware {
    let sessions: Sessions
    let cookieName: String

    /// What the login page itself needs, and what monitoring asks.
    private static let openPaths: Set<String> = ["/login", "/style.css", "/healthz", "/readyz"]

    func handle(
        _ request: Request, context: DashboardContext,
        next: (Request, DashboardContext) async throws -> Response
    ) async throws -> Response {
        if Self.openPaths.contains(request.uri.path) { return try await next(request, context) }
        if let token = request.cookies[cookieName]?.value, await sessions.isLoggedIn(token) {
            return try await next(request, context)
        }
        if request.uri.path == "/version" { return Response(status: .unauthorized) }
        return .redirect(to: "/login", type: .normal)
    }
}
