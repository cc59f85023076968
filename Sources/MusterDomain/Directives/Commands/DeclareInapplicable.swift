package import EventSourcing
import Records

/// Says that a directive does not apply here, and why (R4.6).
package struct DeclareInapplicable: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let version: Int
    package let reason: String

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        version: Int,
        reason: String
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.version = version
        self.reason = reason
    }

    package static let description = CommandDescription<DeclareInapplicable>(
        "DeclareInapplicable",
        of: .directives,
        Words("Declare inapplicable", zh: "声明不适用"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        under: "R4.6",
        Record<DeclareInapplicable>(
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
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: DeclareInapplicable.init
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
        try subject.requireAcknowledged(version)
        guard !subject.hasRelayed else {
            throw Rejection(
                rule: "R4.6",
                reason: "relayed-already",
                Words("\(addressee.text) has passed it on.", zh: "\(addressee.text) 已转发该指令。"),
                advice: Words("Ask for clarification; its issuer can amend or recall it.", zh: "请申请澄清；发布方可以修订或撤回。")
            )
        }
        guard subject.executions[version] == nil else {
            throw Rejection(
                rule: "R4.6",
                reason: "executed-already",
                Words("\(addressee.text) has reported execution.", zh: "\(addressee.text) 已上报落实情况。")
            )
        }
        return [
            .declaredInapplicable(
                InapplicabilityDeclared(
                    directive: directive,
                    addressee: addressee,
                    version: version,
                    reason: reason,
                    isLate: subject.replyBy.map { $0 < context.occurredAt } ?? false
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
