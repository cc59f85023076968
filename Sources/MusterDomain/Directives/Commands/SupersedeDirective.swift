package import EventSourcing
import Records

/// Puts another directive in the place of one.
package struct SupersedeDirective: Command, Hashable {
    package let directive: DirectiveID
    package let by: DirectiveID
    /// Who issued the other.
    package let issuer: Addressee
    package let from: Timestamp

    package init(
        directive: DirectiveID,
        by: DirectiveID,
        issuer: Addressee,
        from: Timestamp
    ) {
        self.directive = directive
        self.by = by
        self.issuer = issuer
        self.from = from
    }

    package static let description = CommandDescription<SupersedeDirective>(
        "SupersedeDirective",
        of: .directives,
        Words("Supersede a directive", zh: "取代指令"),
        by: [.system],
        Record<SupersedeDirective>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("by", \.by, .identifier(), Words("By", zh: "取代者")),
            Field("issuer", \.issuer, Addressee.record.codec, Words("Issuer", zh: "发布方")),
            Field("from", \.from, .timestamp, Words("From", zh: "起始时间")),
            make: SupersedeDirective.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        let issued = try subject.requireSubject().subject
        guard subject.recalledAt == nil, subject.succession == nil else { return [] }
        guard issued.maySupersede(issuer, in: context.territories) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S4",
                reason: "may-not-supersede",
                Words(
                    "\(issuer.text) does not stand above \(issued.issuer.text).",
                    zh: "\(issuer.text) 不是 \(issued.issuer.text) 的上级。"
                )
            )
        }
        return [.superseded(DirectiveSuperseded(directive: directive, by: by, from: from))]
    }
}
