import Hummingbird

/// Turns errors into pages; what went wrong inside is not told to the browser.
struct ErrorPages: RouterMiddleware {
    let templates: PageTemplates

    func handle(
        _ request: Request, context: DashboardContext,
        next: (Request, DashboardContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            return page(error.status, error.status == .notFound ? "There is no such page." : "This cannot be answered.")
        } catch {
            return page(.internalServerError, "A fault of the dashboard; its log says more.")
        }
    }

    private func page(_ status: HTTPResponse.Status, _ text: String) -> Response {
        let body = templates.render(.notice, Notice(text: text))
        let frame = PageFrame(outside: "\(status.code)", body: body)
        return .html(templates.render(.frame, frame), status: status)
    }
}

extension Response {
    static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
