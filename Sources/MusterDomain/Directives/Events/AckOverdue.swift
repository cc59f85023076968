package import EventSourcing
package import Records

/// An addressee did not acknowledge in time.
package struct AckOverdue: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let version: Int
    package let dueAt: Timestamp

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        version: Int,
        dueAt: Timestamp
    ) {
        self.directive = directive
        self.addressee = addressee
        self.version = version
        self.dueAt = dueAt
    }

    package static let record = Record<AckOverdue>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
        make: AckOverdue.init
    )
}
