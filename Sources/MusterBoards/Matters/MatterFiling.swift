package import EventSourcing
package import MusterDomain
package import Records

/// One side's filing, or its absence (R3.5).
package struct MatterFiling: Hashable, Sendable {
    package let side: FilingSide
    /// Nil while this side has not filed.
    package let party: PartyID?
    package let partyName: Words?
    package let superior: String?
    package let at: Timestamp?
    package let position: Position?

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("side", side.rawValue)
        writer.member("words", side.words)
        writer.member("party", party?.rawValue)
        writer.member("partyName", partyName)
        writer.member("superior", superior)
        writer.member("at", at)
        writer.member("position", position?.rawValue)
        writer.endObject()
    }
}
