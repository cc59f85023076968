package import Records

/// Numbers by which a person can be found, in text that everybody reads (R14.6, M38).
package enum PersonalData: Hashable, Sendable, CaseIterable {
    /// Eighteen digits, the last may be X; or the fifteen of the cards before 1999, which hold the birthday with two digits
    /// of the year.
    case identityNumber
    /// Eleven digits that begin with 13 to 19, also after the country's 86.
    case mobileNumber

    package var words: Words {
        switch self {
        case .identityNumber: Words("an identity number", zh: "身份证号")
        case .mobileNumber: Words("a mobile number", zh: "手机号码")
        }
    }

    /// What a text holds of them, each once. Digits of full width, and spaces or hyphens between digits, hide nothing; nor
    /// does another number beside it.
    package static func found(in text: String) -> Set<PersonalData> {
        var found: Set<PersonalData> = []
        /// Digits that stand together, with nothing but spaces and hyphens between one group and the next.
        var groups: [[UInt8]] = []
        var isInGroup = false
        func end(withX: Bool = false) {
            found.formUnion(numbers(in: groups, withX: withX))
            groups = []
            isInGroup = false
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39, 0xFF10...0xFF19:
                if !isInGroup { groups.append([]) }
                isInGroup = true
                groups[groups.count - 1].append(UInt8(scalar.value & 0xF))
            case 0x58, 0x78, 0xFF38, 0xFF58: end(withX: true)
            case 0x20, 0x2D, 0xA0, 0x2010...0x2015, 0x3000, 0xFF0D: isInGroup = false
            default: end()
            }
        }
        end()
        return found
    }

    /// The numbers that whole groups make, one after another.
    ///
    /// - Parameter withX: whether an X follows the last group.
    private static func numbers(in groups: [[UInt8]], withX: Bool) -> Set<PersonalData> {
        var found: Set<PersonalData> = []
        for start in groups.indices {
            var digits: [UInt8] = []
            for end in start..<groups.count {
                digits += groups[end]
                guard digits.count <= 18 else { break }
                if let number = number(digits) { found.insert(number) }
                if withX, end == groups.count - 1, digits.count == 17 { found.insert(.identityNumber) }
            }
        }
        return found
    }

    private static func number(_ digits: [UInt8]) -> PersonalData? {
        switch digits.count {
        case 18: .identityNumber
        case 15: isOldIdentityNumber(digits) ? .identityNumber : isMobileNumber(digits[...]) ? .mobileNumber : nil
        case 11, 13: isMobileNumber(digits[...]) ? .mobileNumber : nil
        default: nil
        }
    }

    private static func isMobileNumber(_ digits: ArraySlice<UInt8>) -> Bool {
        let country = [[8, 6], [0, 0, 8, 6]].first { digits.starts(with: $0) }
        let national = digits.dropFirst(country?.count ?? 0)
        return national.count == 11 && national.first == 1 && national.dropFirst().first.map { $0 >= 3 } == true
    }

    /// Six digits of the place, of which the first is 1 to 8, then year, month and day of birth, then three more.
    private static func isOldIdentityNumber(_ digits: [UInt8]) -> Bool {
        let (month, day) = (digits[8] * 10 + digits[9], digits[10] * 10 + digits[11])
        return (1...8).contains(digits[0]) && (1...12).contains(month) && (1...31).contains(day)
    }

    /// The first of them that a text holds.
    static func first(in texts: [String]) -> PersonalData? {
        let found = texts.reduce(into: Set<PersonalData>()) { $0.formUnion(Self.found(in: $1)) }
        return allCases.first(where: found.contains)
    }

    static func requireNone(in texts: String...) throws(Rejection) {
        guard let first = first(in: texts) else { return }
        throw Rejection(
            rule: "R14.6",
            reason: "personal-data",
            Words("The notice holds \(first.words.en).", zh: "公告中含有\(first.words.zh)。"),
            advice: Words("Say what concerns everybody, and nobody's numbers.", zh: "请删去个人信息后再发布。")
        )
    }
}
