package import EventSourcing
package import MusterDomain
import Records

/// Something that a lower level tightened, or wanted to tighten, beyond what the measure above allows (层层加码).
package struct AddOn: Hashable, Sendable {
    package let measure: MeasureID
    package let parent: MeasureID
    package let party: PartyID
    let partyName: Words
    package let kind: MeasureKind
    package let territory: TerritoryID
    package let figure: Int
    /// The strictest that the measure above allows.
    package let strictest: Int
    package let at: Timestamp

    init(_ payload: EscalationOfMeasureDetected, at time: Timestamp, _ register: Register) {
        measure = payload.measure
        parent = payload.parent
        party = payload.party
        partyName = register.name(of: payload.party)
        kind = payload.kind
        territory = payload.territory
        figure = payload.figure
        strictest = payload.strictest
        at = time
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("measure", measure.rawValue)
        writer.member("parent", parent.rawValue)
        writer.member("party", party.rawValue)
        writer.member("partyName", partyName)
        writer.member("kind", kind.rawValue)
        writer.member("territory", territory.rawValue)
        writer.member("wanted", kind.words(for: figure))
        writer.member("allowed", kind.words(for: strictest))
        writer.member("at", at)
        writer.endObject()
    }
}
