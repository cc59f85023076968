import EventSourcing
package import MusterDomain
import Records

/// The measures that hold on some ground, wherever they were issued: those of the district and the street bind each
/// community below. Grounds with the same measures stand together.
package struct GroundMeasures: Hashable, Sendable {
    /// Communities, and what is smaller where it has measures of its own; by identifier.
    package let grounds: [TerritoryID]
    /// In the same order.
    let names: [Words]
    /// By kind; within one the smallest ground first.
    package let measures: [Measure]

    static func find(in register: Register, at now: Timestamp) -> [GroundMeasures] {
        let (territories, book) = (register.territories, register.authority.measures)
        let kinds = MeasureKind.allCases.filter { kind in book.all.contains { $0.kind == kind && $0.isInForce(at: now) }
        }
        guard !kinds.isEmpty else { return [] }
        let own = book.all.filter { $0.isInForce(at: now) }.map(\.territory)
        let grounds = territories.territories.values.filter { place in
            place.level == .community && !place.isRetired
                || TerritoryLevel.community.isAbove(place.level) && own.contains(place.id)
        }
        var groups: [[MeasureID]: [TerritoryID]] = [:]
        for ground in grounds.map(\.id).sorted() {
            let measures = kinds.flatMap { book.inForce($0, in: ground, of: territories, at: now) }
            if !measures.isEmpty { groups[measures.map(\.id), default: []].append(ground) }
        }
        return groups.sorted { $0.value[0] < $1.value[0] }.map { measures, grounds in
            GroundMeasures(
                grounds: grounds,
                names: grounds.map(register.name(of:)),
                measures: measures.compactMap { book[$0] }
            )
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.list("grounds", grounds) { ground, writer in writer.string(ground.rawValue) }
        writer.list("measures", measures) { measure, writer in
            writer.beginObject()
            writer.member("measure", measure.id.rawValue)
            writer.member("words", measure.words)
            writer.member("territory", measure.territory.rawValue)
            writer.member("legalBasis", measure.legalBasis)
            writer.member("to", measure.to)
            writer.endObject()
        }
        writer.endObject()
    }
}
