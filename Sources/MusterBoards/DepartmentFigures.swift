package import EventSourcing
package import MusterDomain
package import Records

/// One party's line: what it holds, and how fast it accepts.
package struct DepartmentFigures: Hashable, Sendable {
    package let party: PartyID
    package let name: Words
    /// Rows that it holds.
    package let open: Int
    /// Of these, rows whose no-show is on record.
    package let noShows: Int
    /// The median of the last 12 hours; nil when it accepted nothing in them.
    package let acceptMedianSeconds: Int64?
    /// The deadlines of its running clocks, in order.
    package let dues: [Timestamp]

    /// The lines of some parties: of those that hold a row, the one whose clock needs help soonest first, then of the
    /// others, by identifier. The rows of a party come in order.
    static func make(
        of parties: Set<PartyID>,
        holding rows: [PartyID: [ClockRow]],
        in register: Register,
        acceptTimes: AcceptTimes,
        at now: Timestamp
    ) -> [DepartmentFigures] {
        let idle = parties.filter { rows[$0] == nil }
        let busy = rows.compactMap { party, rows in
            parties.contains(party) ? rows.first.map { (party, $0.order) } : nil
        }
        let order = busy.sorted { $0.1 < $1.1 }.map(\.0) + idle.sorted()
        return order.map { party in
            let rows = rows[party] ?? []
            return DepartmentFigures(
                party: party,
                name: register.name(of: party),
                open: rows.count,
                noShows: rows.count { $0.content.hasNoShow },
                acceptMedianSeconds: acceptTimes.median(of: party, at: now),
                dues: rows.prefix { $0.order.group == .running }.compactMap(\.order.due)
            )
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writeMembers(to: &writer)
        writer.endObject()
    }

    /// Writes the members into an object that is open.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("party", party.rawValue)
        writer.member("name", name)
        writer.member("open", open)
        writer.member("noShows", noShows)
        writer.member("acceptMedianSeconds", acceptMedianSeconds)
        writer.list("dues", dues) { due, writer in writer.string(due.rfc3339) }
    }
}
