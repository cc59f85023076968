package import Records

/// Something that must be seen to before a step starts, as protective equipment before a household is entered (R6.2).
package struct PlaybookCheck: Hashable, Sendable {
    package let check: CheckID
    package let nameEN: String
    package let nameZH: String

    package init(check: CheckID, nameEN: String, nameZH: String) {
        self.check = check
        self.nameEN = nameEN
        self.nameZH = nameZH
    }

    package var words: Words { Words(nameEN, zh: nameZH) }

    static func record(refusesUnknownMembers: Bool) -> Record<PlaybookCheck> {
        Record<PlaybookCheck>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("check", \.check, .identifier(), Words("Check", zh: "检查项")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            make: PlaybookCheck.init
        )
    }
}
