import EventSourcing
package import Records

/// What stands beside the rows of the operations board.
package struct OperationsFigures: BoardFigures {
    /// Of the parties that hold a clock, or held one today: departments before others, the one whose clock needs help
    /// soonest first, those with nothing open last.
    package let departments: [DepartmentFigures]
    /// The newest first.
    package let feed: [FeedEntry]
    /// Rows whose clock does not run.
    package let waiting: Int

    /// A change carries only the lines of news that are new; a snapshot carries all that are kept.
    package func write(since previous: OperationsFigures?, to writer: inout JSONWriter) {
        if departments != previous?.departments {
            writer.list("departments", departments) { department, writer in department.write(to: &writer) }
        }
        if feed != previous?.feed {
            let last = previous?.feed.first?.position ?? .origin
            writer.list("feed", feed.prefix { $0.position > last }) { entry, writer in entry.write(to: &writer) }
        }
        if waiting != previous?.waiting { writer.member("waiting", waiting) }
    }
}
