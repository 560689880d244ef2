import Hummingbird

/// On a loopback address: answers only to names of this machine, so that no page of the web can read the dashboard by
/// pointing its own name here (DNS rebinding).
struct HostGuard<Context: RequestContext>: RouterMiddleware {
    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws
        -> Response
    {
        guard let authority = request.head.authority, LoopbackAddress.isName(Self.host(of: authority)) else {
            return Response(
                status: .misdirectedRequest, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "This dashboard answers to localhost only.\n")))
        }
        return try await next(request, context)
    }

    /// `localhost` of `localhost:8080`, `::1` of `[::1]:8080`.
    private static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[authority.index(after: authority.startIndex)..<end])
        }
        return String(authority.prefix { $0 != ":" })
    }
}
