import EventSourcing

/// Finds rows that are in the log already, but with other content.
enum ChangedRows {
    /// A row of a batch that the log had before.
    struct Duplicate: Hashable, Sendable {
        /// Its index among the batch's appends.
        let index: Int
        /// Where its event stands.
        let position: Position
    }

    /// A row that differs from what the log has.
    struct Change: Hashable, Sendable {
        let duplicate: Duplicate
        /// The event that the log has in its place, and when that happened.
        let found: [UInt8]
        let occurredAt: Timestamp
    }

    /// Duplicates further apart than this are read one by one; between others, the events are read along.
    private static let maximumGap = 64
    private static let pageLimit = 1_000

    /// Duplicates whose event differs from what the batch brings now, in the order of the batch.
    static func find(
        among duplicates: [Duplicate],
        of appends: [Append],
        in log: any ImportLog
    ) async throws -> [Change] {
        var changed: [Change] = []
        var rest = duplicates.sorted { $0.position < $1.position }[...]
        while let first = rest.first {
            var last = first.position
            var count = 0
            for duplicate in rest {
                let reach = duplicate.position.rawValue - first.position.rawValue
                guard duplicate.position.rawValue - last.rawValue <= maximumGap, reach < pageLimit else { break }
                last = duplicate.position
                count += 1
            }
            let page = try await log.events(
                after: first.position.advanced(by: -1),
                limit: Int(last.rawValue - first.position.rawValue) + 1
            )
            for duplicate in rest.prefix(count) {
                let offset = Int(duplicate.position.rawValue - first.position.rawValue)
                guard page.indices.contains(offset) else { continue }
                let (found, append) = (page[offset], appends[duplicate.index])
                let isSame =
                    content(found.data) == content(append.writes.first?.events.first?.data)
                    && found.occurredAt == append.occurredAt
                guard !isSame else { continue }
                changed.append(Change(duplicate: duplicate, found: found.data, occurredAt: found.occurredAt))
            }
            rest = rest.dropFirst(count)
        }
        return changed.sorted { $0.duplicate.index < $1.duplicate.index }
    }

    private static let mark = Array(",\"key\":\"".utf8)

    /// What a row says from its key on, without the file and line that brought it and the number of its revision. These
    /// are written before the key, and a quote inside a JSON string has a backslash before it, so that the mark's first
    /// place is the key's.
    static func content(_ data: [UInt8]?) -> ArraySlice<UInt8>? {
        guard let data, data.count > mark.count else { return nil }
        for index in 0...(data.count - mark.count)
        where data[index] == mark[0] && data[index..<index + mark.count].elementsEqual(mark) {
            return data[index...]
        }
        return nil
    }
}
