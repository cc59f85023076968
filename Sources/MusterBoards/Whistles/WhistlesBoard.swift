import EventSourcing
package import MusterDomain
package import Records

/// The open whistles of each department, and what needs a person: disputes, arrivals, half-filed matters, whistle rates.
package struct WhistlesBoard: Board {
    package static let name = "whistles"
    package static let version = 1

    private var book = ClockBook()
    private var acceptTimes = AcceptTimes()
    private var arrivals = ArrivalLog()
    private var rates = WhistleLog()
    /// Matters with a department that disputes its competence, and matters where one side alone has filed.
    private var noted: Set<MatterID> = []

    package init() {}

    package mutating func fold(_ fact: Fact) -> [String] {
        acceptTimes.fold(fact, before: book)
        arrivals.fold(fact)
        let changes = book.fold(fact)
        rates.fold(fact, book)
        if let matter = ClockBook.matter(of: fact) { note(matter) }
        return changes.filter { $0.before?.department != nil || $0.after?.department != nil }.map(\.key)
    }

    private mutating func note(_ matter: MatterID) {
        guard let file = book.files[matter], file.isDisputed || file.isHalfFiled else {
            noted.remove(matter)
            return
        }
        noted.insert(matter)
    }

    package func row(_ key: String) -> ClockRow? {
        book.row(key).flatMap { $0.department == nil ? nil : $0 }
    }

    package func rows() -> [ClockRow] {
        book.rows.filter { $0.department != nil }.sorted { $0.order < $1.order }
    }

    package func figures(at moment: BoardMoment) -> WhistlesFigures {
        var byParty: [PartyID: [ClockRow]] = [:]
        for row in book.rows {
            if let department = row.department { byParty[department, default: []].append(row) }
        }
        let files = noted.compactMap { book.files[$0] }
        return WhistlesFigures(
            departments: DepartmentFigures.make(
                of: book.register.departments.union(byParty.keys),
                holding: byParty,
                in: book.register,
                acceptTimes: acceptTimes,
                at: moment.now
            ),
            disputes: files.flatMap { CompetenceDispute.all(in: $0, book.register) }.sorted { $0.order < $1.order },
            arrivals: arrivals.today(at: moment, book.register),
            halfFiled: files.compactMap { HalfFiledMatter($0) }.sorted {
                ($0.since, $0.matter) < ($1.since, $1.matter)
            },
            rates: rates.rates(at: moment.now, book.register)
        )
    }

    /// Rows stand under their department.
    package static func write(_ rows: [ClockRow], _ figures: WhistlesFigures, to writer: inout JSONWriter) {
        let byDepartment = Dictionary(grouping: rows) { $0.department }
        writer.list("departments", figures.departments) { department, writer in
            writer.beginObject()
            department.writeMembers(to: &writer)
            writer.list("rows", byDepartment[department.party] ?? []) { row, writer in row.write(to: &writer) }
            writer.endObject()
        }
        figures.writeRest(since: nil, to: &writer)
    }
}

extension MatterFile {
    /// Whether a department's objection waits for a ruling.
    var isDisputed: Bool {
        matter.openRound?.calls.contains { call in
            if case .disputed = call.state { true } else { false }
        } ?? false
    }

    /// Whether one side has filed and the other has not (R3.5).
    var isHalfFiled: Bool {
        matter.filings.count == 1 && matter.status != .closed
    }
}
