package import EventSourcing
package import Records

/// What stands above every board: which log, how far it was read, and what "soon" means.
package struct BoardHead: Sendable, Equatable {
    package let board: String
    package let version: Int
    package let log: LogName
    package let mode: LogMode
    /// The last event that the board has taken in.
    package let position: Position
    /// When the log took that event; nil while there is none.
    package let asOf: Timestamp?
    /// The server's clock; of a past board the moment at which it is seen.
    package let now: Timestamp
    /// A clock with this much left or less is due soon.
    package let soon: Duration
    /// Events that could not be read and are therefore not on the board.
    package let parked: ParkedEvents
    /// Whether the board has taken in all that the log held when the process began.
    package let isCaughtUp: Bool
    /// Which past it is; nil for the present.
    package let past: PastCut?

    package init(
        board: String,
        version: Int,
        log: LogName,
        mode: LogMode,
        position: Position,
        asOf: Timestamp?,
        now: Timestamp,
        soon: Duration,
        parked: ParkedEvents,
        isCaughtUp: Bool,
        past: PastCut? = nil
    ) {
        self.board = board
        self.version = version
        self.log = log
        self.mode = mode
        self.position = position
        self.asOf = asOf
        self.now = now
        self.soon = soon
        self.parked = parked
        self.isCaughtUp = isCaughtUp
        self.past = past
    }

    /// Writes the members into an object that is open.
    package func write(to writer: inout JSONWriter) {
        writer.member("board", board)
        writer.name("version")
        writer.integer(version)
        writer.member("log", log.rawValue)
        writer.member("mode", mode.rawValue)
        writer.name("position")
        writer.integer(position.rawValue)
        writer.member("asOf", asOf)
        writer.member("now", now)
        writer.name("soonSeconds")
        writer.integer(soon.components.seconds)
        writer.name("parked")
        writer.integer(parked.count)
        writer.name("isCaughtUp")
        writer.boolean(isCaughtUp)
        guard let past else { return }
        writer.name("past")
        writer.beginObject()
        if case .at(let time) = past.known { writer.member("asKnownAt", time) }
        if case .through(let position) = past.known { writer.member("position", position.rawValue) }
        if let time = past.asTrueAt { writer.member("asTrueAt", time) }
        writer.endObject()
    }
}
