package import EventSourcing

/// What one batch of events changed on a board.
package struct BoardChange: Sendable, Equatable {
    /// A row as it now stands.
    package struct Row: Sendable, Equatable {
        package let key: String
        /// The position in the order of the board, as `BoardOrder.text`.
        package let order: String
        package let json: [UInt8]

        package init(key: String, order: String, json: [UInt8]) {
            self.key = key
            self.order = order
            self.json = json
        }
    }

    /// The last position at which somebody looked before: a watcher that saw more of what this tells, as another process
    /// told it, begins again.
    package let since: Position
    /// The position of the last event of the batch: what a watcher resumes from.
    package let position: Position
    package let rows: [Row]
    /// The keys of rows that are gone.
    package let removed: [String]
    /// All of it as one JSON object, written once for every watcher.
    package let json: [UInt8]

    package init(since: Position, position: Position, rows: [Row], removed: [String], json: [UInt8]) {
        self.since = since
        self.position = position
        self.rows = rows
        self.removed = removed
        self.json = json
    }

    /// A bound for what a change keeps in memory.
    var byteCount: Int {
        rows.reduce(json.count + 128) { $0 + $1.json.count + 128 } + removed.reduce(0) { $0 + $1.utf8.count + 16 }
    }
}

/// What a watcher of a board receives.
package enum BoardUpdate: Sendable, Equatable {
    /// The board changed: rows by key, and the figures that are no longer what they were.
    case change(BoardChange)
    /// The watcher's position is not in the ring any more (or not known here): begin again from this.
    case reset(EncodedSnapshot)

    package var position: Position {
        switch self {
        case .change(let change): change.position
        case .reset(let snapshot): snapshot.position
        }
    }

    /// What to send: the data of a `change` or of a `reset`.
    package var json: [UInt8] {
        switch self {
        case .change(let change): change.json
        case .reset(let snapshot): snapshot.json
        }
    }
}

/// A whole board as its JSON.
package struct EncodedSnapshot: Sendable, Equatable {
    package let position: Position
    package let json: [UInt8]

    package init(position: Position, json: [UInt8]) {
        self.position = position
        self.json = json
    }
}
