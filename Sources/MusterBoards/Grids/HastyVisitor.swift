package import EventSourcing
package import MusterDomain
package import Records

/// Somebody whose visits are to be looked at (R14.5).
package struct HastyVisitor: Hashable, Sendable {
    package let person: PersonID
    package let grid: Words
    package let since: Timestamp
    package let count: Int

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("person", person.rawValue)
        writer.member("grid", grid)
        writer.member("since", since)
        writer.member("count", count)
        writer.endObject()
    }

    var cell: ListCell {
        ListCell(
            Words("\(count) visits in one minute", zh: "一分钟内走访 \(count) 户"),
            note: Words("\(person), \(grid.en)", zh: "\(person)，\(grid.zh)"),
            at: since,
            tone: .rule
        )
    }
}
