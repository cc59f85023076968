package import EventSourcing
import Records

/// Records that two directives are at odds.
package struct RecordContradiction: Command, Hashable {
    package let directive: DirectiveID
    package let with: DirectiveID
    package let kind: ContradictionKind

    package init(
        directive: DirectiveID,
        with: DirectiveID,
        kind: ContradictionKind
    ) {
        self.directive = directive
        self.with = with
        self.kind = kind
    }

    package static let description = CommandDescription<RecordContradiction>(
        "RecordContradiction",
        of: .directives,
        Words("Record a contradiction", zh: "记录指令矛盾"),
        by: [.system],
        Record<RecordContradiction>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("with", \.with, .identifier(), Words("With", zh: "与之矛盾者")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            make: RecordContradiction.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        _ = try subject.requireSubject()
        if subject.contradictions.contains(with) { return [] }
        return [.contradictionFound(ContradictionFound(directive: directive, with: with, kind: kind))]
    }
}
