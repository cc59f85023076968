import EventSourcing
package import MusterDomain
package import Records

/// How many people there are to do anything. Each is counted once, whatever they are called beside (R1.6).
package struct Capacity: Hashable, Sendable {
    /// Those with a post for one party.
    package struct Line: Hashable, Sendable {
        package let party: PartyID
        package let name: Words
        package let heads: Int
        /// Of these, who serves another party too, and cannot be in two places.
        package let shared: Int
    }

    /// Everybody with a post, once.
    package let heads: Int
    /// By identifier.
    package let lines: [Line]

    init(_ register: Register, at now: Timestamp) {
        let staff = register.authority.staff(at: now)
        var parties: [PersonID: Int] = [:]
        for person in staff.values.joined() { parties[person, default: 0] += 1 }
        heads = parties.count
        lines = staff.sorted { $0.key < $1.key }.map { party, people in
            Line(
                party: party,
                name: register.name(of: party),
                heads: people.count,
                shared: people.count { parties[$0, default: 0] > 1 }
            )
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("heads", heads)
        writer.list("parties", lines) { line, writer in
            writer.beginObject()
            writer.member("party", line.party.rawValue)
            writer.member("name", line.name)
            writer.member("heads", line.heads)
            writer.member("shared", line.shared)
            writer.endObject()
        }
        writer.endObject()
    }
}

/// When posts begin and end: between two of these times nobody comes or goes.
struct PostTimes: Sendable {
    private var sorted: [Timestamp] = []

    mutating func insert(_ time: Timestamp?) {
        guard let time else { return }
        sorted.insert(time, at: sorted.partitionPoint { $0 <= time })
    }

    /// Equal for times between which nothing changes.
    func span(of time: Timestamp) -> Int { sorted.partitionPoint { $0 <= time } }
}
