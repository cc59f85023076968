package import MusterDomain
package import Records

/// A party in a matter; the residents stand together as one, and so does Muster.
package struct MatterParty: Hashable, Sendable {
    /// Nil for residents and for Muster.
    package let party: PartyID?
    package let name: Words
    package let isLead: Bool

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("party", party?.rawValue)
        writer.member("name", name)
        writer.member("isLead", isLead)
        writer.endObject()
    }
}
