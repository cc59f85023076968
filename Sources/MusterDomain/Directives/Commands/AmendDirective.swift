package import EventSourcing
import Records

/// Changes the text or the dates of a directive. Whoever has it acknowledges anew (R4.5).
package struct AmendDirective: Command, Hashable {
    package let directive: DirectiveID
    package let body: String
    package let effectiveFrom: Timestamp
    package let effectiveTo: Timestamp?
    package let replyBy: Timestamp?
    package let reason: String

    package init(
        directive: DirectiveID,
        body: String,
        effectiveFrom: Timestamp,
        effectiveTo: Timestamp? = nil,
        replyBy: Timestamp? = nil,
        reason: String
    ) {
        self.directive = directive
        self.body = body
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.replyBy = replyBy
        self.reason = reason
    }

    package static let description = CommandDescription<AmendDirective>(
        "AmendDirective",
        of: .directives,
        Words("Amend a directive", zh: "修订指令"),
        by: [.districtCommand, .streetCoordinator, .communityHead, .departmentOfficer],
        isOrder: true,
        Record<AmendDirective>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("body", \.body, .prose(20_000), Words("Text", zh: "正文")),
            Field("effectiveFrom", \.effectiveFrom, .timestamp, Words("Effective from", zh: "生效时间")),
            Field("effectiveTo", \.effectiveTo, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "失效时间")),
            Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: AmendDirective.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        let (issued, current) = try subject.requireSubject()
        try subject.requireIssuer(context)
        try subject.requireStanding(at: context.now)
        let amended = DirectiveVersion(
            version: current.version + 1,
            hash: TextHash(of: body),
            bindsFrom: context.start(notBefore: effectiveFrom),
            effectiveTo: effectiveTo
        )
        guard amended.version <= DirectiveVersion.maximumVersion else {
            throw Rejection(
                rule: "S4",
                reason: "too-many-versions",
                Words("There were \(current.version) versions.", zh: "该指令已有 \(current.version) 个版本。"),
                advice: Words("Issue another that supersedes it.", zh: "请发布取代它的新指令。")
            )
        }
        if let effectiveTo, effectiveTo <= amended.bindsFrom { throw .endBeforeStart(rule: "R4.4") }
        if let replyBy, replyBy <= context.now { throw .replyByPast }
        guard
            amended.hash != current.hash || amended.bindsFrom != current.bindsFrom
                || effectiveTo != current.effectiveTo || replyBy != subject.replyBy
        else {
            throw Rejection(
                rule: "R4.5",
                reason: "nothing-changed",
                Words("This is the directive as it stands.", zh: "内容与现行版本相同。")
            )
        }
        let limit = context.limits.directives.hop(under: issued.response)
        return [
            .amended(
                DirectiveAmended(
                    directive: directive,
                    body: body,
                    inForce: amended,
                    effectiveFrom: effectiveFrom,
                    replyBy: replyBy,
                    reason: reason,
                    ackBy: context.now + limit,
                    limit: limit
                )
            )
        ]
    }
}
