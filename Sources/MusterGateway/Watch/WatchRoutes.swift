import HTTPTypes
import Hummingbird
import MusterBoards
import NIOCore
import Records

/// What machines ask: is it alive, is it ready, what are its figures.
struct WatchRoutes: Sendable {
    let checks: [ReadinessCheck]
    let boards: LiveBoards
    let metrics: PrometheusRegistry
    let access: Access

    func add(to router: Router<GatewayContext>) {
        // No database, no lock, no token: only a process that cannot answer at all fails this.
        router.get("/healthz") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n"))
            )
        }
        router.get("/readyz") { _, _ in await readiness() }
        router.get("/metrics") { request, context in
            try access.checkReading(request, context)
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text()))
            )
        }
    }

    private func readiness() async -> Response {
        var faults: [(name: String, fault: String?)] = [
            ("boards", boards.isCaughtUp ? nil : "the log is being read; at position \(boards.position)")
        ]
        await withTaskGroup(of: (Int, String?).self) { group in
            for (index, check) in checks.enumerated() {
                group.addTask { (index, await check.fault()) }
            }
            var found = [String?](repeating: nil, count: checks.count)
            for await (index, fault) in group { found[index] = fault }
            for (check, fault) in zip(checks, found) { faults.append((check.name, fault)) }
        }
        let isReady = faults.allSatisfy { $0.fault == nil }
        return JSONAnswer.response(status: isReady ? .ok : .serviceUnavailable) { writer in
            writer.beginObject()
            writer.name("ready")
            writer.boolean(isReady)
            writer.name("checks")
            writer.beginArray()
            for (name, fault) in faults {
                writer.beginObject()
                writer.member("name", name)
                writer.name("ok")
                writer.boolean(fault == nil)
                if let fault { writer.member("reason", fault) }
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }
}
