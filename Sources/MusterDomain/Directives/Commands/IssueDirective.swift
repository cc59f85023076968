package import EventSourcing
import Records

/// Gives out a directive to its first addressees, who pass it on.
package struct IssueDirective: Command, Hashable {
    package let directive: DirectiveID
    /// Two directives for one subject and place contradict each other unless one supersedes the other.
    package let subject: DirectiveSubjectID
    package let title: String
    package let body: String
    package let audience: [Addressee]
    package let isDirect: Bool
    /// The deepest level that is to get it.
    package let downTo: TerritoryLevel
    package let response: ResponseLevel?
    package let effectiveFrom: Timestamp
    package let effectiveTo: Timestamp?
    package let replyBy: Timestamp?
    package let supersedes: DirectiveID?

    package init(
        directive: DirectiveID,
        subject: DirectiveSubjectID,
        title: String,
        body: String,
        audience: [Addressee],
        isDirect: Bool = false,
        downTo: TerritoryLevel = .grid,
        response: ResponseLevel? = nil,
        effectiveFrom: Timestamp,
        effectiveTo: Timestamp? = nil,
        replyBy: Timestamp? = nil,
        supersedes: DirectiveID? = nil
    ) {
        self.directive = directive
        self.subject = subject
        self.title = title
        self.body = body
        self.audience = audience
        self.isDirect = isDirect
        self.downTo = downTo
        self.response = response
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.replyBy = replyBy
        self.supersedes = supersedes
    }

    package static let description = CommandDescription<IssueDirective>(
        "IssueDirective",
        of: .directives,
        Words("Issue a directive", zh: "发布指令"),
        by: [.districtCommand, .streetCoordinator, .communityHead, .departmentOfficer],
        isOrder: true,
        Record<IssueDirective>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("subject", \.subject, .identifier(), Words("Subject", zh: "事项")),
            Field("title", \.title, .line(), Words("Title", zh: "标题")),
            Field("body", \.body, .prose(20_000), Words("Text", zh: "正文")),
            Field("audience", \.audience, .addressees(1...500), Words("First addressees", zh: "首批接收方")),
            Field(
                "direct",
                \.isDirect,
                Codec<Bool>.boolean.orMissing(false),
                Words("Direct", zh: "直达"),
                help: Words("Past the levels between, which get a copy", zh: "越级直达，中间层级收到抄送")
            ),
            Field("downTo", \.downTo, Codec<TerritoryLevel>.choice.orMissing(.grid), Words("Down to", zh: "下达至")),
            Field("response", \.response, Codec<ResponseLevel>.choice.optional, Words("Response level", zh: "响应级别")),
            Field("effectiveFrom", \.effectiveFrom, .timestamp, Words("Effective from", zh: "生效时间")),
            Field("effectiveTo", \.effectiveTo, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "失效时间")),
            Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
            Field("supersedes", \.supersedes, Codec<DirectiveID>.identifier().optional, Words("Supersedes", zh: "取代")),
            make: IssueDirective.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        guard subject.subject == nil else {
            throw Rejection(
                rule: "S4",
                reason: "directive-exists",
                Words("Directive \(directive) was issued already.", zh: "指令 \(directive) 已发布。"),
                advice: Words("Amend it, or issue another that supersedes it.", zh: "请修订，或发布取代它的新指令。")
            )
        }
        guard supersedes != directive else {
            throw Rejection(
                rule: "S4",
                reason: "supersedes-itself",
                Words("A directive cannot supersede itself.", zh: "指令不能取代自身。"),
                advice: Words("Amend it.", zh: "请改用修订。")
            )
        }
        let bindsFrom = context.start(notBefore: effectiveFrom)
        if let effectiveTo, effectiveTo <= bindsFrom { throw .endBeforeStart(rule: "R4.4") }
        if let replyBy, replyBy <= context.now { throw .replyByPast }
        let issuer = Addressee(context.actor.territory, context.actor.party)
        try context.requireTerritory(issuer.territory)
        let copies = try context.requireChildren(
            audience,
            of: issuer,
            isOffice: context.isOffice(of: issuer.territory),
            isDirect: isDirect,
            downTo: downTo,
            of: subject
        )
        let cascadeBy = context.now + context.limits.directives.cascade
        let hop = context.hopLimits(under: response, cascadeBy: cascadeBy)
        return [
            .issued(
                DirectiveIssued(
                    directive: directive,
                    subject: self.subject,
                    title: title,
                    body: body,
                    hash: TextHash(of: body),
                    issuer: issuer,
                    audience: audience,
                    copies: copies,
                    isDirect: isDirect,
                    downTo: downTo,
                    response: response,
                    effectiveFrom: effectiveFrom,
                    bindsFrom: bindsFrom,
                    effectiveTo: effectiveTo,
                    replyBy: replyBy,
                    supersedes: supersedes,
                    ackBy: hop.ackBy,
                    relayBy: hop.relayBy,
                    limit: hop.limit,
                    cascadeBy: cascadeBy
                )
            )
        ]
    }
}
