package import EventSourcing

/// How many tasks of one agency are open or given up.
package struct QueueCount: Hashable, Sendable {
    package let agency: String
    package var waiting: Int64 = 0
    package var leased: Int64 = 0
    package var dead: Int64 = 0
    /// When the oldest open task was enqueued; nil when none is open.
    package var oldest: Timestamp?
}
