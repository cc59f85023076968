package import EventSourcing
package import Records

/// One version of a directive's text, and when it binds.
package struct DirectiveVersion: Hashable, Sendable {
    /// 1 for the text as it was issued; each amendment is the next.
    package let version: Int
    package let hash: TextHash
    /// When it takes effect, but never before it was given: nobody is bound by what was not there yet.
    package let bindsFrom: Timestamp
    /// The first instant at which it binds no more; nil without an end.
    package let effectiveTo: Timestamp?

    package init(version: Int, hash: TextHash, bindsFrom: Timestamp, effectiveTo: Timestamp? = nil) {
        self.version = version
        self.hash = hash
        self.bindsFrom = bindsFrom
        self.effectiveTo = effectiveTo
    }

    package static let maximumVersion = 100

    package static let record = Record<DirectiveVersion>(
        refusesUnknownMembers: false,
        Field("version", \.version, .integer(1...maximumVersion), Words("Version", zh: "版本")),
        Field("hash", \.hash, .textHash, Words("Hash of the text", zh: "正文哈希")),
        Field("bindsFrom", \.bindsFrom, .timestamp, Words("Binds from", zh: "生效时间")),
        Field("effectiveTo", \.effectiveTo, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "失效时间")),
        make: DirectiveVersion.init
    )
}

extension [DirectiveVersion] {
    /// The version that binds an act: the latest that was in effect when it was done, whatever was published since (R4.4).
    /// Nil before the first takes effect and after the last has ended.
    package func binding(at time: Timestamp) -> DirectiveVersion? {
        guard let latest = last(where: { $0.bindsFrom <= time }) else { return nil }
        if let end = latest.effectiveTo, end <= time { return nil }
        return latest
    }
}
