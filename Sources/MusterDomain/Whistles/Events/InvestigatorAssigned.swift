package import Records

/// A grid worker is to look at the place.
package struct InvestigatorAssigned: Hashable, Sendable {
    package let matter: MatterID
    package let person: PersonID

    package init(
        matter: MatterID,
        person: PersonID
    ) {
        self.matter = matter
        self.person = person
    }

    package static let record = Record<InvestigatorAssigned>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        make: InvestigatorAssigned.init
    )
}
