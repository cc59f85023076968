package import EventSourcing
package import MusterDomain
package import Records

/// One measure that holds, will hold, or waits for approval.
package struct MeasureRow: BoardRow, Hashable {
    package let measure: Measure
    package let territoryName: Words
    package let issuerName: Words
    /// How many parties carry it out.
    package let adopters: Int
    /// How often somebody said that it is wrong.
    package let challenges: Int
    package let position: Position

    package var key: String { measure.id.rawValue }

    /// When somebody must have decided on it; nil for one that stands.
    package var approveBy: Timestamp? {
        if case .proposed(let approveBy) = measure.stage { approveBy } else { nil }
    }

    /// Those that wait for a decision first, the soonest on top; then by their end.
    package var order: BoardOrder {
        BoardOrder(
            group: approveBy == nil ? .waiting : .running,
            due: approveBy ?? measure.to,
            position: position,
            key: key
        )
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("order", order.text)
        writer.member("measure", measure.id.rawValue)
        writer.member("kind", measure.kind.rawValue)
        writer.member("words", measure.words)
        writer.member("territory", measure.territory.rawValue)
        writer.member("territoryName", territoryName)
        writer.member("legalBasis", measure.legalBasis)
        writer.member("from", measure.from)
        writer.member("to", measure.to)
        writer.member("figure", measure.figure.map { Int64($0) })
        writer.member("mildest", measure.mildest.map { Int64($0) })
        writer.member("strictest", measure.strictest.map { Int64($0) })
        writer.member("issuer", measure.issuer.party.rawValue)
        writer.member("issuerName", issuerName)
        writer.member("parent", measure.parent?.rawValue)
        writer.member("approveBy", approveBy)
        writer.member("adopters", adopters)
        writer.member("challenges", challenges)
        writer.endObject()
    }
}
