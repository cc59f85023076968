package import EventSourcing
import Records

/// Says that an addressee has got a directive; or, from a grid, how many of its households have (R4.3).
package struct AcknowledgeReceipt: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let version: Int
    /// How many households have got it so far; nil for the own receipt.
    package let households: Int?
    /// Must be given for households.
    package let manner: AcknowledgementManner?
    /// The report that this one puts right (R0.4).
    package let corrects: EventID?

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        version: Int,
        households: Int? = nil,
        manner: AcknowledgementManner? = nil,
        corrects: EventID? = nil
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.version = version
        self.households = households
        self.manner = manner
        self.corrects = corrects
    }

    package static let description = CommandDescription<AcknowledgeReceipt>(
        "AcknowledgeReceipt",
        of: .directives,
        Words("Acknowledge receipt", zh: "签收指令"),
        by: [
            .districtCommand, .streetCoordinator, .communityHead, .gridWorker, .departmentOfficer, .propertyManager,
            .ngoCoordinator, .ownersDelegate,
        ],
        Record<AcknowledgeReceipt>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
            Field(
                "households",
                \.households,
                Codec<Int>.integer(0...10_000_000).optional,
                Words("Households", zh: "户数"),
                help: Words("The total so far; none for your own receipt", zh: "累计户数；本级签收不填")
            ),
            Field(
                "manner",
                \.manner,
                Codec<AcknowledgementManner>.choice.optional,
                Words("How it is known", zh: "知悉方式")
            ),
            Field("corrects", \.corrects, Codec<EventID>.eventID.optional, Words("Corrects", zh: "更正")),
            make: AcknowledgeReceipt.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        let current = try subject.requireDuty(of: addressee, context)
        guard version == current.version else { throw .outdatedVersion(current) }
        if subject.isInapplicable { throw .declaredInapplicable }
        if let households { return [.acknowledged(try acknowledge(households, subject, context))] }
        guard manner == nil, corrects == nil else {
            throw Rejection(
                rule: "R4.3",
                reason: "households-missing",
                Words("How it is known is said of households, with their number.", zh: "知悉方式须与户数一并填写。")
            )
        }
        guard subject.acknowledged < version else {
            throw Rejection(
                rule: "S4",
                reason: "acknowledged-already",
                Words(
                    "\(addressee.text) has acknowledged version \(version).",
                    zh: "\(addressee.text) 已签收第 \(version) 版。"
                )
            )
        }
        return [
            .acknowledged(
                ReceiptAcknowledged(
                    directive: directive,
                    addressee: addressee,
                    version: version,
                    isLate: subject.ackBy.map { $0 < context.occurredAt } ?? false
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }

    /// The households of a grid, by whoever went there or was answered.
    private func acknowledge(
        _ households: Int,
        _ subject: AddressedDirective,
        _ context: Context
    ) throws(Rejection) -> ReceiptAcknowledged {
        guard context.actor.role == .gridWorker else {
            throw Rejection(
                kind: .forbidden,
                rule: "R4.3",
                reason: "not-grid-worker",
                Words("Only the grid worker reports what households got.", zh: "只有网格员可以上报住户知悉情况。")
            )
        }
        guard let manner, manner.showsHousehold else {
            throw Rejection(
                rule: "R4.3",
                reason: "no-visit-or-reply",
                Words("A household has got it when it was visited or has replied.", zh: "只有上门或收到回复才算住户知悉。"),
                advice: Words("Count only those you saw or heard from.", zh: "请只计已上门或已回复的住户。")
            )
        }
        guard subject.acknowledged == version else { throw .notAcknowledged }
        let inScope = context.territories.households(in: territory)
        try AddressedDirective.requireTotal(households, of: inScope, after: subject.households, correcting: corrects)
        return ReceiptAcknowledged(
            directive: directive,
            addressee: addressee,
            version: version,
            households: households,
            inScope: inScope,
            manner: manner,
            isLate: false,
            corrects: corrects
        )
    }
}
