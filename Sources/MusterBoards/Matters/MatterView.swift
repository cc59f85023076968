package import EventSourcing
package import MusterDomain
package import Records

/// One matter with everything that happened to it: who waited for whom, who holds the clock and why.
package struct MatterView: Sendable {
    package let matter: MatterID
    package let title: String
    package let text: String
    package let place: String
    package let kind: ReportKind
    package let urgency: Urgency
    package let territory: TerritoryID
    package let territoryName: Words
    package let status: MatterStatus
    package let stage: RowStage
    /// Those who have a part, in the order in which they came in.
    package let parties: [MatterParty]
    /// In the order of the log: as it became known. The report's own events come with them.
    package let events: [MatterEntry]
    /// What is open now, in the order of the boards.
    package let rows: [ClockRow]
    /// When each level is told if nothing happens, for every running clock of a department.
    package let ladders: [MatterLadder]
    package let filings: [MatterFiling]
    /// The last event of these.
    package let position: Position
    /// Events of the matter that could not be read.
    package let parked: Int

    package var reference: String { Reference.text(matter.rawValue) }

    /// The events in the order in which they happened; ties in the order of the log.
    package var eventsAsTrue: [MatterEntry] {
        events.sorted { ($0.occurredAt, $0.position) < ($1.occurredAt, $1.position) }
    }
}

extension MatterView {
    /// The matter as JSON text.
    package func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024 + events.count * 512)
        writer.beginObject()
        writer.member("matter", matter.rawValue)
        writer.member("reference", reference)
        writer.member("title", title)
        writer.member("text", text)
        writer.member("place", place)
        writer.member("kind", kind.rawValue)
        writer.member("kindWords", kind.words)
        writer.member("urgency", urgency.rawValue)
        writer.member("territory", territory.rawValue)
        writer.member("territoryName", territoryName)
        writer.member("status", status.rawValue)
        writer.object("stage", stage.write)
        writer.member("position", position.rawValue)
        writer.member("parked", parked)
        writer.list("parties", parties) { party, writer in party.write(to: &writer) }
        writer.list("events", events) { event, writer in event.write(to: &writer) }
        writer.list("clocks", rows) { row, writer in row.write(to: &writer) }
        writer.list("ladders", ladders) { ladder, writer in ladder.write(to: &writer) }
        writer.list("filings", filings) { filing, writer in filing.write(to: &writer) }
        writer.endObject()
        return writer.bytes
    }
}
