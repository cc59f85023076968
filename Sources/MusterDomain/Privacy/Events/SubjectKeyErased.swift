package import Records

/// A person's personal fields in all earlier events are erased: the key that they were encrypted with is destroyed by
/// whoever reads this (R16.1). What the person says later is kept with a new key.
package struct SubjectKeyErased: Hashable, Sendable {
    package let person: PersonID
    package let ground: ErasureGround

    package init(person: PersonID, ground: ErasureGround) {
        self.person = person
        self.ground = ground
    }

    package static let record = Record<SubjectKeyErased>(
        refusesUnknownMembers: false,
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("ground", \.ground, .choice, Words("Ground", zh: "依据")),
        make: SubjectKeyErased.init
    )
}
