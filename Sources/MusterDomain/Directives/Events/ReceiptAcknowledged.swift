package import EventSourcing
package import Records

/// An addressee has got a directive; or so many of its households have.
package struct ReceiptAcknowledged: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let version: Int
    /// How many households got it so far; nil for the addressee's own receipt.
    package let households: Int?
    /// How many there are; nil when nobody has counted them.
    package let inScope: Int?
    package let manner: AcknowledgementManner?
    package let isLate: Bool
    /// The report that this one puts right; nil for a new one (R0.4).
    package let corrects: EventID?

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        version: Int,
        households: Int? = nil,
        inScope: Int? = nil,
        manner: AcknowledgementManner? = nil,
        isLate: Bool,
        corrects: EventID? = nil
    ) {
        self.directive = directive
        self.addressee = addressee
        self.version = version
        self.households = households
        self.inScope = inScope
        self.manner = manner
        self.isLate = isLate
        self.corrects = corrects
    }

    package static let record = Record<ReceiptAcknowledged>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field("households", \.households, Codec<Int>.integer(0...10_000_000).optional, Words("Households", zh: "户数")),
        Field(
            "inScope",
            \.inScope,
            Codec<Int>.integer(0...10_000_000).optional,
            Words("Households in scope", zh: "范围内户数")
        ),
        Field("manner", \.manner, Codec<AcknowledgementManner>.choice.optional, Words("How it is known", zh: "知悉方式")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        Field("corrects", \.corrects, Codec<EventID>.eventID.optional, Words("Corrects", zh: "更正")),
        make: ReceiptAcknowledged.init
    )
}
