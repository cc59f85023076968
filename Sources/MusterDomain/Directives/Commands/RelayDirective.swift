package import EventSourcing
import Records

/// Passes a directive on to those right below: the original by reference and hash, the own note beside it (R4.1).
package struct RelayDirective: Command, Hashable {
    package let directive: DirectiveID
    package let version: Int
    package let hash: TextHash
    package let to: [Addressee]
    package let isDirect: Bool
    package let note: String?

    package init(
        directive: DirectiveID,
        version: Int,
        hash: TextHash,
        to: [Addressee],
        isDirect: Bool = false,
        note: String? = nil
    ) {
        self.directive = directive
        self.version = version
        self.hash = hash
        self.to = to
        self.isDirect = isDirect
        self.note = note
    }

    package static let description = CommandDescription<RelayDirective>(
        "RelayDirective",
        of: .directives,
        Words("Relay a directive", zh: "转发指令"),
        by: [.districtCommand, .streetCoordinator, .communityHead, .departmentOfficer],
        under: "R4.2",
        isOrder: true,
        Record<RelayDirective>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
            Field(
                "hash",
                \.hash,
                .textHash,
                Words("Hash of the text", zh: "正文哈希"),
                help: Words("SHA-256 of the text that is passed on", zh: "所转发正文的 SHA-256")
            ),
            Field("to", \.to, .addressees(1...500), Words("To", zh: "接收方")),
            Field(
                "direct",
                \.isDirect,
                Codec<Bool>.boolean.orMissing(false),
                Words("Direct", zh: "直达"),
                help: Words("Past the levels between, which get a copy", zh: "越级直达，中间层级收到抄送")
            ),
            Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Local note", zh: "本级说明")),
            make: RelayDirective.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        let (issued, current) = try subject.requireSubject()
        try subject.requireStanding(at: context.now)
        let (sender, hop) = try subject.requireSender(context)
        guard version == current.version else { throw .outdatedVersion(current) }
        guard hash == current.hash else {
            throw Rejection(
                rule: "R4.1",
                reason: "text-changed",
                Words("This is not the text that was issued.", zh: "这不是所发布的原文。"),
                advice: Words(
                    "Pass the original on as it is, and say what is your own in the note.",
                    zh: "请原文转发；本级要求请写入说明。"
                )
            )
        }
        if let end = current.effectiveTo, end <= context.now {
            throw Rejection(
                rule: "R4.4",
                reason: "expired",
                Words("The directive ended at \(end).", zh: "该指令已于 \(end) 失效。")
            )
        }
        let copies = try context.requireChildren(
            to,
            of: sender,
            isOffice: context.isOffice(of: sender.territory),
            isDirect: isDirect,
            downTo: issued.downTo,
            of: subject
        )
        let limits = context.hopLimits(under: issued.response, cascadeBy: issued.cascadeBy)
        return [
            .relayed(
                DirectiveRelayed(
                    directive: directive,
                    version: version,
                    hash: hash,
                    from: sender,
                    hop: hop + 1,
                    to: to,
                    copies: copies,
                    isDirect: isDirect,
                    note: note,
                    ackBy: limits.ackBy,
                    relayBy: limits.relayBy,
                    limit: limits.limit
                )
            )
        ]
    }
}
