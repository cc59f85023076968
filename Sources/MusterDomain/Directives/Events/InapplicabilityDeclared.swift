package import Records

/// An addressee says that a directive does not apply there, and why (R4.6).
package struct InapplicabilityDeclared: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let version: Int
    package let reason: String
    package let isLate: Bool

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        version: Int,
        reason: String,
        isLate: Bool
    ) {
        self.directive = directive
        self.addressee = addressee
        self.version = version
        self.reason = reason
        self.isLate = isLate
    }

    package static let record = Record<InapplicabilityDeclared>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: InapplicabilityDeclared.init
    )
}
