package import EventSourcing
import Records

/// Erases what a person has said and what was said of them, everywhere and for good (R16.1).
package struct EraseSubjectKey: Command, Hashable {
    package let person: PersonID
    package let ground: ErasureGround

    package init(person: PersonID, ground: ErasureGround) {
        self.person = person
        self.ground = ground
    }

    package static let description = CommandDescription<EraseSubjectKey>(
        "EraseSubjectKey",
        of: .privacy,
        Words("Erase a person", zh: "删除个人信息"),
        help: Words(
            "Destroys the person's key. Texts and places of all their earlier events read as [erased]; it cannot be undone.",
            zh: "销毁该人员的密钥；其以往事件中的文字和地点将显示为 [erased]，不可恢复。"
        ),
        by: [.administrator],
        under: "S16",
        Record<EraseSubjectKey>(
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            Field("ground", \.ground, .choice, Words("Ground", zh: "依据")),
            make: EraseSubjectKey.init
        )
    )

    package var stream: StreamName { PersonErasures.stream(person) }

    /// Also for a person who was erased before: they may have said something since.
    package func decide(_ subject: PersonErasures, in context: Context) throws(Rejection) -> [PersonErasures.Event] {
        [.subjectKeyErased(SubjectKeyErased(person: person, ground: ground))]
    }
}
