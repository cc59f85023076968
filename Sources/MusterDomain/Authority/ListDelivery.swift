package import EventSourcing
package import Records

/// What a party's system reads about a responsibility list that is to be looked through.
package struct ListDelivery: Hashable, Sendable {
    /// Its version.
    package let list: String
    package let kind: TaskDeliveryKind
    /// Until when it should have been.
    package let due: Timestamp

    package init(list: String, kind: TaskDeliveryKind, due: Timestamp) {
        self.list = list
        self.kind = kind
        self.due = due
    }

    package static let record = Record<ListDelivery>(
        refusesUnknownMembers: false,
        Field("list", \.list, .line(64), Words("Version of the list", zh: "清单版本")),
        Field("kind", \.kind, .choice(among: [.listReview]), Words("Kind", zh: "类别")),
        Field("due", \.due, .timestamp, Words("Due", zh: "期限")),
        make: ListDelivery.init
    )
}
