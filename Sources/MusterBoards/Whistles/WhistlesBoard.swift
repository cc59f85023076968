import EventSourcing
package import MusterDomain
package import Records

/// The open whistles of each department, and what needs a person: disputes, arrivals, half-filed matters, matters that died
/// in approval, whistle rates.
package struct WhistlesBoard: Board {
    package static let name = "whistles"
    package static let version = 2

    private var register = Register()
    private var table = RowTable()
    private var acceptTimes = AcceptTimes()
    private var arrivals = ArrivalLog()
    private var rates = WhistleLog()
    /// Matters with a department that disputes its competence, matters where one side alone has filed, and matters that wait for
    /// consent or were refused it.
    private var notes: [MatterID: MatterNote] = [:]

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        register.fold(fact)
        acceptTimes.fold(fact, clocks)
        arrivals.fold(fact)
        rates.fold(fact, clocks, register)
        if let state = clocks.matter {
            if state.note != nil || notes[state.matter] != nil { notes[state.matter] = state.note }
        }
        notes.merge(clocks.notes) { _, erased in erased }
        var keys: [String] = []
        for change in clocks.rows {
            let change = change.inWhistles
            guard change.before != nil || change.after != nil else { continue }
            table.apply(change)
            keys.append(change.key)
        }
        return keys
    }

    package func row(_ key: String) -> ClockRow? { table.row(key) }

    package func rows() -> [ClockRow] { table.rows }

    package func figures(at moment: BoardMoment) -> WhistlesFigures {
        WhistlesFigures(
            departments: DepartmentFigures.make(
                of: register.departments.union(table.byParty.keys),
                holding: table.byParty,
                in: register,
                acceptTimes: acceptTimes,
                at: moment.now
            ),
            disputes: disputes.sorted { $0.order < $1.order },
            arrivals: arrivals.today(at: moment, register),
            halfFiled: notes.values.compactMap(\.halfFiled).sorted { ($0.since, $0.matter) < ($1.since, $1.matter) },
            died: died(at: moment.now),
            rates: rates.rates(at: moment.now, usual: moment.targets.whistleRate)
        )
    }

    private func died(at now: Timestamp) -> [DeadApproval] {
        notes.values.compactMap(\.unapproved).filter { $0.since <= now }
            .sorted { ($0.since, $0.matter) < ($1.since, $1.matter) }
            .map { DeadApproval($0, register) }
    }

    private var disputes: [CompetenceDispute] {
        notes.flatMap { matter, note in
            note.disputes.compactMap { department, dispute in
                table.row(ClockRow.key(of: .party(department), in: matter)).map {
                    CompetenceDispute($0, department, dispute, register)
                }
            }
        }
    }

    /// Rows stand under their department.
    package static func write(_ rows: [ClockRow], _ figures: WhistlesFigures, to writer: inout JSONWriter) {
        let byDepartment = Dictionary(grouping: rows) { $0.content.department }
        writer.list("departments", figures.departments) { department, writer in
            writer.beginObject()
            department.writeMembers(to: &writer)
            writer.list("rows", byDepartment[department.party] ?? []) { row, writer in row.write(to: &writer) }
            writer.endObject()
        }
        figures.writeRest(since: nil, to: &writer)
    }
}

extension RowChange {
    /// The same as boards see it that show whistles alone.
    fileprivate var inWhistles: RowChange {
        func inWhistle(_ row: ClockRow?) -> ClockRow? { row?.content.department == nil ? nil : row }
        return RowChange(before: inWhistle(before), after: inWhistle(after))
    }
}
