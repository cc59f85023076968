package import EventSourcing
import Records

/// Tells in how many households a directive has been carried out, and what shows it.
package struct ReportExecution: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let count: Int
    /// For places whose households nobody has counted; follows from the count elsewhere.
    package let isFull: Bool
    package let evidence: [String]
    /// The report that this one puts right (R0.4).
    package let corrects: EventID?

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        count: Int,
        isFull: Bool = false,
        evidence: [String],
        corrects: EventID? = nil
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.count = count
        self.isFull = isFull
        self.evidence = evidence
        self.corrects = corrects
    }

    package static let description = CommandDescription<ReportExecution>(
        "ReportExecution",
        of: .directives,
        Words("Report execution", zh: "上报落实情况"),
        by: [
            .districtCommand, .streetCoordinator, .communityHead, .gridWorker, .departmentOfficer, .propertyManager,
            .ngoCoordinator, .ownersDelegate,
        ],
        Record<ReportExecution>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field(
                "count",
                \.count,
                .integer(0...10_000_000),
                Words("Households done", zh: "已落实户数"),
                help: Words("The total so far", zh: "累计户数")
            ),
            Field("isFull", \.isFull, Codec<Bool>.boolean.orMissing(false), Words("Fully", zh: "全部落实")),
            Field(
                "evidence",
                \.evidence,
                .list(of: .line(), count: 1...20, isSet: true),
                Words("Evidence", zh: "依据"),
                help: Words("Numbers of visits, photos, minutes", zh: "走访、照片、记录的编号")
            ),
            Field("corrects", \.corrects, Codec<EventID>.eventID.optional, Words("Corrects", zh: "更正")),
            make: ReportExecution.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        _ = try subject.requireDuty(of: addressee, context)
        if subject.isInapplicable { throw .declaredInapplicable }
        if subject.acknowledged == 0 { throw .notAcknowledged }
        guard let binding = subject.versions.binding(at: context.occurredAt) else {
            throw Rejection(
                rule: "R4.4",
                reason: "not-in-force",
                Words(
                    "The directive was not in force at \(context.occurredAt).",
                    zh: "\(context.occurredAt) 时该指令未生效或已失效。"
                ),
                advice: Words(
                    "The version that binds is that in force at the time of the act.",
                    zh: "以行为发生时有效的版本为准。"
                )
            )
        }
        try subject.requireAcknowledged(binding.version)
        let inScope = context.territories.households(in: territory)
        try AddressedDirective.requireTotal(
            count,
            of: inScope,
            after: subject.executions[binding.version],
            correcting: corrects
        )
        if isFull, let inScope, count < inScope {
            throw Rejection(
                rule: "S4",
                reason: "not-full",
                Words("\(count) of \(inScope) households are not all.", zh: "\(inScope) 户中只落实了 \(count) 户，不是全部。")
            )
        }
        return [
            .executed(
                ExecutionReported(
                    directive: directive,
                    addressee: addressee,
                    version: binding.version,
                    count: count,
                    inScope: inScope,
                    isFull: isFull || count == inScope,
                    evidence: evidence,
                    isLate: subject.replyBy.map { $0 < context.occurredAt } ?? false,
                    corrects: corrects
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
