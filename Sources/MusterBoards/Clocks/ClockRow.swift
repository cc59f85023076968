package import EventSourcing
package import MusterDomain
package import Records

/// A row of a board: what is open, who holds it, until when and why.
///
/// It has twenty fields and stands in several tables and lists at once, so these share it; it never changes.
@dynamicMemberLookup
package final class ClockRow: BoardRow {
    package let content: Content
    package let order: BoardOrder

    init(_ content: Content) {
        self.content = content
        order = BoardOrder(
            group: content.clock.state,
            due: content.clock.due,
            position: content.position,
            key: content.key
        )
    }

    package var key: String { content.key }

    package subscript<Value>(dynamicMember member: KeyPath<Content, Value>) -> Value { content[keyPath: member] }

    package static func == (lhs: ClockRow, rhs: ClockRow) -> Bool { lhs === rhs || lhs.content == rhs.content }
}

extension ClockRow {
    /// Who must do something now.
    package struct Holder: Hashable, Sendable {
        /// Nil for the resident who was asked, and for a community that nobody heads.
        package let party: PartyID?
        package let name: Words
        /// Whether it leads the whistle.
        package let isLead: Bool
    }

    /// Which row of its matter a row is.
    enum Part: Hashable, Sendable {
        case whole
        case party(PartyID)
        case task(TaskID)
    }

    /// `<matter>/<party>` for a called department, `<matter>/task/<task>` for a task, `<matter>` for the rest, so that a
    /// row keeps its place in the reader's eye while its step changes.
    static func key(of part: Part, in matter: MatterID) -> String {
        switch part {
        case .whole: matter.rawValue
        case .party(let party): "\(matter)/\(party)"
        case .task(let task): "\(matter)/task/\(task)"
        }
    }

    /// What a row says.
    package struct Content: Hashable, Sendable {
        package let key: String
        package let matter: MatterID
        let part: Part
        package let title: String
        package let kind: ReportKind
        package let urgency: Urgency
        package let place: String
        package let territory: TerritoryID
        package let territoryName: Words
        package let holder: Holder
        package let step: RowStep
        package let clock: RowClock
        package let stage: RowStage
        package let tags: [RowTag]
        package let remark: RowRemark?
        /// Nil unless the row is a task.
        package let task: TaskID?
        /// Nil outside a whistle.
        package let department: PartyID?
        /// Decides between equal deadlines.
        package let position: Position

        package var reference: String { Reference.text(matter.rawValue) }

        /// What the matter is called in each language.
        package var headline: Words { kind.headline(title: title) }

        /// Whether a limit drives it; without one it lies with its holder until somebody acts.
        var hasClock: Bool { clock.due != nil }

        package var hasNoShow: Bool { tags.contains { $0.kind == .noShow } }
    }
}

extension ClockRow {
    package func write(to writer: inout JSONWriter) { content.write(order.text, to: &writer) }
}

extension ClockRow.Content {
    fileprivate func write(_ order: String, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("order", order)
        writer.member("matter", matter.rawValue)
        writer.member("reference", reference)
        writer.member("title", title)
        writer.member("kind", kind.rawValue)
        writer.member("urgency", urgency.rawValue)
        writer.member("place", place)
        writer.member("territory", territory.rawValue)
        writer.member("territoryName", territoryName)
        writer.object("holder") { writer in
            writer.member("party", holder.party?.rawValue)
            writer.member("name", holder.name)
            writer.member("isLead", holder.isLead)
        }
        writer.member("step", step.rawValue)
        writer.member("stepWords", step.words)
        writer.object("clock", clock.write)
        writer.object("stage", stage.write)
        writer.list("tags", tags) { tag, writer in tag.write(to: &writer) }
        writer.name("remark")
        if let remark { remark.write(to: &writer) } else { writer.null() }
        writer.member("task", task?.rawValue)
        writer.member("department", department?.rawValue)
        writer.endObject()
    }
}
