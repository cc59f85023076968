package import EventSourcing
import Records

/// Takes a directive back from everybody who has it; nobody passes it on any more.
package struct RecallDirective: Command, Hashable {
    package let directive: DirectiveID
    package let reason: String

    package init(
        directive: DirectiveID,
        reason: String
    ) {
        self.directive = directive
        self.reason = reason
    }

    package static let description = CommandDescription<RecallDirective>(
        "RecallDirective",
        of: .directives,
        Words("Recall a directive", zh: "撤回指令"),
        by: [.districtCommand, .streetCoordinator, .communityHead, .departmentOfficer],
        isOrder: true,
        Record<RecallDirective>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: RecallDirective.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        _ = try subject.requireSubject()
        try subject.requireIssuer(context)
        try subject.requireStanding(at: context.now)
        return [.recalled(DirectiveRecalled(directive: directive, reason: reason, at: context.now))]
    }
}
