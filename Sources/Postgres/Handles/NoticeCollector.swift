import CLibPQ

/// Takes the notices libpq hands over while it reads input, until the connection picks them up.
///
/// libpq calls back on the thread that reads, inside the call that reads: the collector lives in the connection's
/// isolation domain like the handle, and needs no lock.
final class NoticeCollector {
    /// Beyond this many between two calls the rest is only counted: a statement can raise notices without end.
    private static let limit = 256

    private var notices: [ServerDiagnostics] = []
    private var replicationIsUncertain = false
    /// Whether the server has said that it ends the session. It says so to an idle client by a notice.
    private(set) var sessionHasEnded = false

    func take(_ notice: ServerDiagnostics) {
        if notice.endsSession { sessionHasEnded = true }
        if notice.saysReplicationIsUncertain { replicationIsUncertain = true }
        if notices.count < Self.limit { notices.append(notice) }
    }

    var isEmpty: Bool { notices.isEmpty }

    /// The notices since the last call of this function.
    func drain() -> (notices: [ServerDiagnostics], replicationIsUncertain: Bool) {
        defer {
            notices.removeAll()
            replicationIsUncertain = false
        }
        return (notices, replicationIsUncertain)
    }
}
