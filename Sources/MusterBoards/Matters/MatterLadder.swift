package import EventSourcing
package import MusterDomain
import Records

/// When a clock tells whom.
package struct MatterLadder: Hashable, Sendable {
    /// One rung.
    package struct Rung: Hashable, Sendable {
        package let level: EscalationLevel
        package let percent: Int
        package let at: Timestamp
        package let isTold: Bool
    }

    /// The row whose clock it is.
    package let row: String
    package let since: Timestamp
    package let due: Timestamp
    package let rungs: [Rung]

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("row", row)
        writer.member("since", since)
        writer.member("due", due)
        writer.list("rungs", rungs) { rung, writer in
            writer.beginObject()
            writer.member("level", rung.level.rawValue)
            writer.member("words", rung.level.words)
            writer.member("percent", rung.percent)
            writer.member("at", rung.at)
            writer.member("isTold", rung.isTold)
            writer.endObject()
        }
        writer.endObject()
    }
}
