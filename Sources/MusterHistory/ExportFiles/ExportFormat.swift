/// What a log is written as.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
    /// [IEEE 1849](https://xes-standard.org), a trace for each case.
    case xes
    /// [OCEL 2.0](https://www.ocel-standard.org) in its three encodings.
    case ocelJSON = "ocel-json"
    case ocelXML = "ocel-xml"
    case ocelSQLite = "ocel-sqlite"
    /// [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180), a line for each activity.
    case csv
    /// [CloudEvents 1.0](https://github.com/cloudevents/spec), an event a line.
    case ndjson
    /// [RFC 7946](https://www.rfc-editor.org/rfc/rfc7946): where it happened.
    case geojson
}

/// What is exported, and how.
package struct ExportOptions: Hashable, Sendable {
    package var format: ExportFormat
    /// The last position that is taken; nil for the whole log.
    package var position: Int64?
    /// The category of the streams that are cases, for XES; nil for that of imports where there are any, else `matter`.
    package var category: String?
    /// Why personal data leave the log. Nil: they are left out, and people stand under pseudonyms.
    package var purpose: String?
    /// Whether what proves the events is written beside.
    package var withReceipts = false
    /// Whether a file of the name is replaced.
    package var replaces = false

    package init(format: ExportFormat) { self.format = format }
}

/// What an export was made of, as the file says it where its format has a place.
struct ExportHead: Hashable, Sendable {
    let log: String
    let mode: String
    let position: Int64
    /// Nil when people stand under pseudonyms.
    let purpose: String?

    /// Name and value of each, in the order in which they are written.
    var members: [(name: String, value: ExportValue)] {
        var members: [(String, ExportValue)] = [
            ("log", .text(log)), ("mode", .text(mode)), ("position", .integer(position)),
            ("persons", .text(purpose == nil ? "pseudonyms" : "named")),
        ]
        if let purpose { members.append(("purpose", .text(purpose))) }
        return members
    }
}

/// What an export did.
package struct ExportSummary: Hashable, Sendable {
    /// The last position that it holds.
    package let position: Int64
    /// Events that were read; with XES, those of the wanted category.
    package let events: Int
    /// Activities, or places, that were written.
    package let written: Int
    package let byteCount: Int
    /// Nil when none were wanted.
    package let receipts: ReceiptSummary?
}

/// The receipts that were written beside an export.
package struct ReceiptSummary: Hashable, Sendable {
    package let path: String
    package var written = 0
    /// Of commands whose streams or ids say something of a person.
    package var leftOut = 0
}
