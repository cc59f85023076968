package import EventSourcing
package import Records

/// Another directive stands in its place.
package struct DirectiveSuperseded: Hashable, Sendable {
    package let directive: DirectiveID
    package let by: DirectiveID
    /// Until then this one binds (R4.4).
    package let from: Timestamp

    package init(
        directive: DirectiveID,
        by: DirectiveID,
        from: Timestamp
    ) {
        self.directive = directive
        self.by = by
        self.from = from
    }

    package static let record = Record<DirectiveSuperseded>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("by", \.by, .identifier(), Words("By", zh: "取代者")),
        Field("from", \.from, .timestamp, Words("From", zh: "起始时间")),
        make: DirectiveSuperseded.init
    )
}
