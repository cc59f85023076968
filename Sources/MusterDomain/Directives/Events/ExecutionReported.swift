package import EventSourcing
package import Records

/// An addressee tells in how many households a directive has been carried out.
package struct ExecutionReported: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    /// The version that was binding when it was done (R4.4).
    package let version: Int
    /// The total so far.
    package let count: Int
    /// How many there are; nil when nobody has counted them.
    package let inScope: Int?
    package let isFull: Bool
    package let evidence: [String]
    package let isLate: Bool
    /// The report that this one puts right; nil for a new one (R0.4).
    package let corrects: EventID?

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        version: Int,
        count: Int,
        inScope: Int? = nil,
        isFull: Bool,
        evidence: [String],
        isLate: Bool,
        corrects: EventID? = nil
    ) {
        self.directive = directive
        self.addressee = addressee
        self.version = version
        self.count = count
        self.inScope = inScope
        self.isFull = isFull
        self.evidence = evidence
        self.isLate = isLate
        self.corrects = corrects
    }

    package static let record = Record<ExecutionReported>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field("count", \.count, .integer(0...10_000_000), Words("Households done", zh: "已落实户数")),
        Field(
            "inScope",
            \.inScope,
            Codec<Int>.integer(0...10_000_000).optional,
            Words("Households in scope", zh: "范围内户数")
        ),
        Field("isFull", \.isFull, .boolean, Words("Fully", zh: "全部落实")),
        Field("evidence", \.evidence, .list(of: .line(), count: 1...20, isSet: true), Words("Evidence", zh: "依据")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        Field("corrects", \.corrects, Codec<EventID>.eventID.optional, Words("Corrects", zh: "更正")),
        make: ExecutionReported.init
    )
}
