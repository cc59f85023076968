import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules of S16 that this slice holds.
@Suite struct PrivacyTests {
    private let erase = EraseSubjectKey(person: "resident-1", ground: .request)

    @Test("R16.1 an administrator has a person erased, and the record says who and why alone")
    func erasure() throws {
        let spec = DecisionSpec(PersonErasures.self)
        let expected = PrivacyEvent.subjectKeyErased(SubjectKeyErased(person: "resident-1", ground: .request))
        #expect(try spec.when(erase, by: Town.administrator) == [expected])
    }

    @Test("R16.1 who was erased before can be erased again, having said something since")
    func again() throws {
        let erased = PrivacyEvent.subjectKeyErased(SubjectKeyErased(person: "resident-1", ground: .retention))
        let spec = DecisionSpec(PersonErasures.self, given: [erased])
        #expect(spec.subject.lastRecordedAt != nil)
        #expect(try spec.when(erase, by: Town.administrator).count == 1)
    }

    @Test("R16.1 nobody else erases anyone", arguments: Role.allCases.filter { $0 != .administrator })
    func others(role: Role) {
        let actor = Actor(person: "resident-1", party: "residents", role: role, territory: "he")
        #expect(DecisionSpec(PersonErasures.self).refusal(of: erase, by: actor)?.code == "S16 role-not-allowed")
    }

    @Test("R16.1 an erasure holds no text that could tell of the person")
    func noProse() {
        for field in SubjectKeyErased.record.fields {
            if case .text = field.schema { Issue.record("\(field.name) is a text") }
        }
    }
}
