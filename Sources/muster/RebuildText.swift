import EventSourcing
import MusterBoards
import Records

/// What a rebuild found and did, for a person and for a program.
struct RebuildText {
    private static let differenceLines = 100

    private let report: RebuildReport
    private let isCheck: Bool

    init(_ report: RebuildReport, isCheck: Bool) {
        self.report = report
        self.isCheck = isCheck
    }

    var lines: [String] {
        var lines: [String] = []
        if let parity = report.parity {
            lines += parity.differences.prefix(Self.differenceLines).map { "row \($0.key): \(Self.words($0.kind))" }
            let more = parity.differences.count - lines.count
            if more > 0 { lines.append("and \(more) more rows") }
        }
        lines.append("board \(report.board)")
        lines.append("  version   \(versions)")
        lines.append("  events    \(report.events), folded at \(Int(report.eventsPerSecond)) events/s")
        lines.append("  position  \(report.position)")
        if let parity = report.parity {
            lines.append("  stored    \(parity.storedCount) rows, sha-256 \(parity.storedDigest)")
            lines.append("  made      \(parity.madeCount) rows, sha-256 \(parity.madeDigest)")
        } else {
            lines.append("  stored    nothing yet")
        }
        if report.parked > 0 || report.storedParked > 0 {
            lines.append("  unread    \(report.parked) events could not be read; \(report.storedParked) before")
        }
        lines.append(verdict)
        return lines
    }

    private var versions: String {
        guard let stored = report.storedVersion, stored != report.version else { return "\(report.version)" }
        return "\(report.version), stored rows are of version \(stored)"
    }

    private var verdict: String {
        let names = "muster rebuild \(report.board)"
        guard let parity = report.parity else {
            return report.isLive ? "Done: readers get these rows now." : "There was nothing to compare with."
        }
        let count = parity.differences.count
        let rows = "\(count) row\(count == 1 ? "" : "s")"
        switch (parity.isEqual, report.isLive) {
        case (true, true):
            return "EQUAL: readers get the new rows now; '\(names) --rollback' brings back the earlier ones."
        case (true, false):
            return "EQUAL"
        case (false, true):
            return
                "DIFFERENT in \(rows): readers get the new ones now; '\(names) --rollback' brings back the earlier ones."
        case (false, false):
            return isCheck
                ? "DIFFERENT in \(rows)"
                : "DIFFERENT in \(rows): nothing was changed. '\(names) --accept-differences' puts the new ones in place."
        }
    }

    private static func words(_ kind: RowParity.Difference.Kind) -> String {
        switch kind {
        case .onlyStored: "stored, but the events do not give it"
        case .onlyMade: "missing, though the events give it"
        case .order: "stands at another place"
        case .members(let names): names.isEmpty ? "differs" : "differs in \(names.joined(separator: ", "))"
        }
    }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("board", report.board)
        writer.name("version")
        writer.integer(report.version)
        writer.name("storedVersion")
        if let version = report.storedVersion { writer.integer(version) } else { writer.null() }
        writer.name("position")
        writer.integer(report.position.rawValue)
        writer.name("events")
        writer.integer(report.events)
        writer.name("eventsPerSecond")
        writer.integer(Int(report.eventsPerSecond))
        writer.name("parked")
        writer.integer(report.parked)
        writer.name("storedParked")
        writer.integer(report.storedParked)
        writer.name("isLive")
        writer.boolean(report.isLive)
        writer.name("parity")
        if let parity = report.parity { Self.write(parity, to: &writer) } else { writer.null() }
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ parity: RowParity, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("isEqual")
        writer.boolean(parity.isEqual)
        writer.name("storedRows")
        writer.integer(parity.storedCount)
        writer.name("madeRows")
        writer.integer(parity.madeCount)
        writer.member("storedSHA256", parity.storedDigest)
        writer.member("madeSHA256", parity.madeDigest)
        writer.name("differences")
        writer.beginArray()
        for difference in parity.differences {
            writer.beginObject()
            writer.member("row", difference.key)
            writer.member("kind", difference.kind.code)
            if case .members(let names) = difference.kind {
                writer.name("members")
                writer.beginArray()
                for name in names { writer.string(name) }
                writer.endArray()
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}

extension RowParity.Difference.Kind {
    fileprivate var code: String {
        switch self {
        case .onlyStored: "only-stored"
        case .onlyMade: "only-made"
        case .order: "order"
        case .members: "members"
        }
    }
}

/// What going back to the earlier rows did.
struct RollbackText {
    let board: String
    let version: Int
    let position: Position

    var text: String {
        """
        Readers get the earlier rows of board \(board) again: version \(version), position \(position).
        A projector of that version goes on from there; a newer one waits until the board is rebuilt.
        """
    }

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("board", board)
        writer.name("version")
        writer.integer(version)
        writer.name("position")
        writer.integer(position.rawValue)
        writer.endObject()
        return writer.bytes
    }
}
