import Hummingbird

/// The login page, its form, and leaving.
struct LoginRoutes: Sendable {
    let sessions: Sessions
    let templates: PageTemplates
    let isEncrypted: Bool

    /// The prefix binds the cookie to this host and to TLS (RFC 6265bis, section 4.1.3.2).
    var cookieName: String { isEncrypted ? "__Host-cordon" : "cordon" }

    private static let formBytesMax = 8_192

    private struct Form: Decodable { let password: String }

    func add(to router: Router<DashboardContext>) {
        router.get("login") { _, _ in page(nil, .ok) }
        router.post("login") { request, context in try await logIn(request, context) }
        router.post("logout") { request, _ in
            if let token = request.cookies[cookieName]?.value { await sessions.logOut(token) }
            var response = Response(status: .seeOther, headers: [.location: "/login"])
            response.setCookie(cookie("", lifeSeconds: 0))
            return response
        }
    }

    private func logIn(_ request: Request, _ context: DashboardContext) async throws -> Response {
        let body = try await request.body.collect(upTo: Self.formBytesMax)
        guard let form = try? URLEncodedFormDecoder().decode(Form.self, from: String(buffer: body)) else {
            return page("The form carried no password.", .badRequest)
        }
        switch await sessions.logIn(Array(form.password.utf8), from: context.peer) {
        case .accepted(let token):
            var response = Response(status: .seeOther, headers: [.location: "/"])
            response.setCookie(cookie(token, lifeSeconds: Sessions.lifeSeconds))
            return response
        case .refused: return page("This is not the password.", .unauthorized)
        case .tooSoon(let waitSeconds):
            var response = page("Too many attempts; try again in \(waitSeconds) seconds.", .tooManyRequests)
            response.headers[.retryAfter] = String(waitSeconds)
            return response
        }
    }

    private func cookie(_ value: String, lifeSeconds: Int) -> Cookie {
        Cookie(
            name: cookieName, value: value, maxAge: lifeSeconds, path: "/", secure: isEncrypted, httpOnly: true,
            sameSite: .strict)
    }

    private func page(_ failure: String?, _ status: HTTPResponse.Status) -> Response {
        let frame = PageFrame(outside: "Log in", body: templates.render(.login, LoginPage(failure: failure)))
        return .html(templates.render(.frame, frame), status: status)
    }
}
