package import Records

/// Numbers by which a person can be found, in text that everybody reads (R14.6, M38).
package enum PersonalData: Hashable, Sendable, CaseIterable {
    /// Eighteen digits, the last may be X.
    case identityNumber
    /// Eleven digits that begin with 13 to 19.
    case mobileNumber

    package var words: Words {
        switch self {
        case .identityNumber: Words("an identity number", zh: "身份证号")
        case .mobileNumber: Words("a mobile number", zh: "手机号码")
        }
    }

    /// What a text holds of them, each once. Digits of full width, and spaces or hyphens between digits, hide nothing.
    package static func found(in text: String) -> Set<PersonalData> {
        var found: Set<PersonalData> = []
        var run: [UInt8] = []
        var hasX = false
        func end() {
            switch (run.count, hasX) {
            case (17, true), (18, false): found.insert(.identityNumber)
            case (11, false) where run[0] == 1 && run[1] >= 3: found.insert(.mobileNumber)
            default: break
            }
            run = []
            hasX = false
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39 where !hasX: run.append(UInt8(scalar.value - 0x30))
            case 0xFF10...0xFF19 where !hasX: run.append(UInt8(scalar.value - 0xFF10))
            case 0x58, 0x78, 0xFF38, 0xFF58:
                if run.count == 17 { hasX = true } else { end() }
            // Between the digits of one number.
            case 0x20, 0x2D, 0x3000, 0xFF0D: if hasX { end() }
            default: end()
            }
        }
        end()
        return found
    }

    static func requireNone(in texts: String...) throws(Rejection) {
        let found = texts.reduce(into: Set<PersonalData>()) { $0.formUnion(Self.found(in: $1)) }
        guard let first = allCases.first(where: found.contains) else { return }
        throw Rejection(
            rule: "R14.6",
            reason: "personal-data",
            Words("The notice holds \(first.words.en).", zh: "公告中含有\(first.words.zh)。"),
            advice: Words("Say what concerns everybody, and nobody's numbers.", zh: "请删去个人信息后再发布。")
        )
    }
}
