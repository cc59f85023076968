package import EventSourcing
package import MusterDomain
package import Records

/// A department's objection that waits for a ruling (R3.4).
package struct CompetenceDispute: Hashable, Sendable {
    package let row: String
    package let matter: MatterID
    package let title: String
    package let kind: ReportKind
    package let place: String
    package let department: PartyID
    package let departmentName: Words
    package let isLead: Bool
    /// The entry of the responsibility list that it cites.
    package let duty: DutyID
    /// What the list in force says under that entry; nil when it has none.
    package let dutyWords: Words?
    package let argument: String
    package let at: Timestamp
    package let position: Position
    package let clock: RowClock
    package let order: BoardOrder

    init(_ row: ClockRow, _ department: PartyID, _ dispute: MatterFile.Dispute, _ register: Register) {
        let content = row.content
        let list = register.authority.list(at: dispute.at)
        self.row = row.key
        matter = content.matter
        title = content.title
        kind = content.kind
        place = content.place
        self.department = department
        departmentName = register.name(of: department)
        isLead = content.holder.isLead
        duty = dispute.duty
        dutyWords = list?.entry(for: dispute.duty, in: content.territory, of: register.territories)?.words
        argument = dispute.argument
        at = dispute.at
        position = dispute.position
        clock = content.clock
        order = row.order
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("row", row)
        writer.member("matter", matter.rawValue)
        writer.member("reference", Reference.text(matter.rawValue))
        writer.member("title", title)
        writer.member("kind", kind.rawValue)
        writer.member("place", place)
        writer.member("party", department.rawValue)
        writer.member("name", departmentName)
        writer.member("isLead", isLead)
        writer.member("duty", duty.rawValue)
        writer.member("dutyWords", dutyWords)
        writer.member("argument", argument)
        writer.member("at", at)
        writer.member("position", position.rawValue)
        writer.object("clock", clock.write)
        writer.endObject()
    }
}
