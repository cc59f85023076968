package import EventSourcing
package import Records

/// What a party's system reads about a task for a directive.
package struct DirectiveDelivery: Hashable, Sendable {
    package let directive: DirectiveID
    package let kind: TaskDeliveryKind
    package let title: String
    /// Whose copy it is of: the party in the territory, or without a party the territory's own office. A command that
    /// answers names both alike.
    package let territory: TerritoryID
    package let party: PartyID?
    package let version: Int
    package let hash: TextHash
    /// Of a directive its own text; else why it is told.
    package let text: String
    /// What whoever passed it on has to say, or why it was amended.
    package let note: String?
    /// For information only: nothing is to be acknowledged.
    package let isCopy: Bool
    /// Until when to acknowledge, or until when it should have been; nil when nothing is timed.
    package let due: Timestamp?

    /// A longer text is cut, so that a task stays small; its hash tells.
    package static let maximumText = 8_000

    package init(
        directive: DirectiveID,
        kind: TaskDeliveryKind,
        title: String,
        territory: TerritoryID,
        party: PartyID? = nil,
        version: Int,
        hash: TextHash,
        text: String,
        note: String? = nil,
        isCopy: Bool = false,
        due: Timestamp? = nil
    ) {
        self.directive = directive
        self.kind = kind
        self.title = title
        self.territory = territory
        self.party = party
        self.version = version
        self.hash = hash
        self.text = text
        self.note = note
        self.isCopy = isCopy
        self.due = due
    }

    package static let record = Record<DirectiveDelivery>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field(
            "kind",
            \.kind,
            .choice(among: [.directive, .directiveAmended, .directiveRecalled, .directiveSuperseded, .receiptOverdue]),
            Words("Kind", zh: "类别")
        ),
        Field("title", \.title, .line(), Words("Title", zh: "标题")),
        Field(
            "territory",
            \.territory,
            .identifier(),
            Words("Territory of the addressee", zh: "接收方区域"),
            help: Words(
                "With receipt-overdue, of whoever has not acknowledged it",
                zh: "类别为 receipt-overdue 时，指未签收的一方"
            )
        ),
        Field(
            "party",
            \.party,
            Codec<PartyID>.identifier().optional,
            Words("Party of the addressee", zh: "接收单位"),
            help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
        ),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field(
            "hash",
            \.hash,
            .textHash,
            Words("Hash of the text", zh: "正文哈希"),
            help: Words("SHA-256 of the whole text of the version", zh: "该版本正文全文的 SHA-256")
        ),
        Field(
            "text",
            \.text,
            .prose(maximumText),
            Words("Text", zh: "说明"),
            help: Words(
                "With directive and directive-amended the text of the version, cut when it is longer",
                zh: "类别为 directive 或 directive-amended 时为该版本正文，过长则截断"
            )
        ),
        Field(
            "note",
            \.note,
            Codec<String>.prose().optional,
            Words("Note", zh: "附注"),
            help: Words("Of whoever passed it on, or why it was amended", zh: "转发方的说明，或修订理由")
        ),
        Field("isCopy", \.isCopy, Codec<Bool>.boolean.orMissing(false), Words("For information", zh: "抄送")),
        Field("due", \.due, Codec<Timestamp>.timestamp.optional, Words("Acknowledge by", zh: "签收期限")),
        make: DirectiveDelivery.init
    )
}
