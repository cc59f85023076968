package import Records

/// Two directives are at odds.
package struct ContradictionFound: Hashable, Sendable {
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

    package static let record = Record<ContradictionFound>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("with", \.with, .identifier(), Words("With", zh: "与之矛盾者")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        make: ContradictionFound.init
    )
}
