package import Hummingbird

extension Router {
    /// `/healthz` answers 200 while the process runs; `/readyz` 200, or 503 with the reason.
    package func addHealth(readiness: @escaping @Sendable () async -> Readiness) {
        get("healthz") { _, _ in plainText(.ok, "ok") }
        get("readyz") { _, _ in
            switch await readiness() {
            case .ready: plainText(.ok, "ready")
            case .notReady(let reason): plainText(.serviceUnavailable, reason)
            }
        }
    }
}

private func plainText(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
        status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text + "\n")))
}
