package import EventSourcing
package import Records

/// Somebody passed a directive on: the original by reference and hash, their own note beside it (R4.1).
package struct DirectiveRelayed: Hashable, Sendable {
    package let directive: DirectiveID
    package let version: Int
    package let hash: TextHash
    package let from: Addressee
    /// 1 for those who have it from the issuer.
    package let hop: Int
    package let to: [Addressee]
    /// Levels that were skipped (R4.2).
    package let copies: [Addressee]
    package let isDirect: Bool
    package let note: String?
    package let ackBy: Timestamp
    package let relayBy: Timestamp
    package let limit: Duration

    package init(
        directive: DirectiveID,
        version: Int,
        hash: TextHash,
        from: Addressee,
        hop: Int,
        to: [Addressee],
        copies: [Addressee] = [],
        isDirect: Bool = false,
        note: String? = nil,
        ackBy: Timestamp,
        relayBy: Timestamp,
        limit: Duration
    ) {
        self.directive = directive
        self.version = version
        self.hash = hash
        self.from = from
        self.hop = hop
        self.to = to
        self.copies = copies
        self.isDirect = isDirect
        self.note = note
        self.ackBy = ackBy
        self.relayBy = relayBy
        self.limit = limit
    }

    package static let record = Record<DirectiveRelayed>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field("hash", \.hash, .textHash, Words("Hash of the text", zh: "正文哈希")),
        Field("from", \.from, Addressee.record.codec, Words("From", zh: "转发方")),
        Field("hop", \.hop, .integer(1...1_000), Words("Hop", zh: "层级")),
        Field("to", \.to, .addressees(1...500), Words("To", zh: "接收方")),
        Field("copies", \.copies, Codec<[Addressee]>.addressees(0...1_000).orMissing([]), Words("Copies", zh: "抄送")),
        Field("direct", \.isDirect, Codec<Bool>.boolean.orMissing(false), Words("Direct", zh: "直达")),
        Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Local note", zh: "本级说明")),
        Field("ackBy", \.ackBy, .timestamp, Words("Acknowledge by", zh: "签收期限")),
        Field("relayBy", \.relayBy, .timestamp, Words("Relay by", zh: "转发期限")),
        Field("limitSeconds", \.limit, .seconds, Words("Limit in seconds", zh: "时限（秒）")),
        make: DirectiveRelayed.init
    )
}
