import EventSourcing

/// One activity of a case, as the formats that know cases write it.
struct ExportItem: Sendable {
    /// Unique among the items of a log: the event's id, and the stage where an event holds several.
    var id: String
    let position: Int64
    let category: String
    let caseID: String
    var activity: String
    var at: Timestamp
    var started: Timestamp?
    let recordedAt: Timestamp
    var resource: String?
    var agency: String?
    var role: String?
    var territory: String?
    /// Of the event.
    var attributes: [ExportAttribute] = []
    /// Of the case, as far as the event says it.
    var caseAttributes: [ExportAttribute] = []
    var references: [ExportReference] = []
    /// Where an imported row comes from.
    var source: String?
    var sourceRow: Int64?
    var key: String?
    /// Whether it is the first of its event.
    var isFirst = true
}
