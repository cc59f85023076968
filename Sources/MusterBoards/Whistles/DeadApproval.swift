package import MusterDomain
package import Records

/// A matter that died in approval, with the party that let it lie.
package struct DeadApproval: Hashable, Sendable {
    package let matter: UnapprovedMatter
    /// Nil where nobody heads the community.
    package let party: PartyID?
    package let name: Words

    init(_ matter: UnapprovedMatter, _ register: Register) {
        self.matter = matter
        let community = register.community(of: matter.territory)
        party = matter.refusedBy ?? register.communityParty(of: matter.territory)
        name = party.map(register.name(of:)) ?? register.name(of: community ?? matter.territory)
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("matter", matter.matter.rawValue)
        writer.member("reference", Reference.text(matter.matter.rawValue))
        writer.member("title", matter.title)
        writer.member("kind", matter.kind.rawValue)
        writer.member("place", matter.place)
        writer.member("territory", matter.territory.rawValue)
        writer.member("askedAt", matter.askedAt)
        writer.member("isRefused", matter.isRefused)
        writer.member("since", matter.since)
        writer.member("party", party?.rawValue)
        writer.member("name", name)
        writer.endObject()
    }
}
