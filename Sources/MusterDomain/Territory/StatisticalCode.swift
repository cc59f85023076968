import Records

/// A code of the official statistics, as far as its level needs it: 4 digits for a city, 6 for a district, 9 for a street,
/// 12 for a community. The code of a territory begins with that of the one above it.
package struct StatisticalCode: Hashable, Sendable {
    /// The digits of the level alone, without the zeros that fill twelve.
    package let digits: String
    package let level: TerritoryLevel

    /// How many digits a level has; nil for those below the statistics.
    package static func length(of level: TerritoryLevel) -> Int? {
        switch level {
        case .city: 4
        case .district: 6
        case .street: 9
        case .community: 12
        case .grid, .building: nil
        }
    }

    /// - Parameter text: the digits of the level, or all twelve, where zeros fill the rest.
    init(_ text: String, level: TerritoryLevel) throws(Rejection) {
        if let half = text.withoutFullWidth {
            throw Rejection(
                rule: "S2",
                reason: "full-width-digits",
                Words("The code is written in full-width digits.", zh: "代码使用了全角数字。"),
                advice: Words("Write \(half).", zh: "请改写为 \(half)。")
            )
        }
        guard let length = Self.length(of: level) else {
            throw Rejection(
                rule: "S2",
                reason: "code-below-statistics",
                Words("\(level.words.en): the statistics have no codes for it.", zh: "统计代码不含\(level.words.zh)一级。"),
                advice: Words("Leave the code out.", zh: "请不要填写代码。")
            )
        }
        let isFilled = text.utf8.count == 12 && text.utf8.dropFirst(length).allSatisfy { $0 == UInt8(ascii: "0") }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            text.utf8.count == length || isFilled
        else {
            throw Rejection(
                rule: "S2",
                reason: "code-length",
                Words(
                    "A code of the level \(level.words.en) has \(length) digits, or 12 with zeros at the end.",
                    zh: "\(level.words.zh)级代码为 \(length) 位，或以 0 补足 12 位。"
                )
            )
        }
        digits = String(text.prefix(length))
        self.level = level
    }

    /// One that was accepted before.
    init(accepted digits: String, level: TerritoryLevel) {
        self.digits = digits
        self.level = level
    }

    package func isBelow(_ other: StatisticalCode) -> Bool {
        digits.utf8.count > other.digits.utf8.count && digits.utf8.starts(with: other.digits.utf8)
    }
}

extension String {
    /// The same with ASCII digits and letters in the place of full-width ones; nil when it has none.
    var withoutFullWidth: String? {
        guard unicodeScalars.contains(where: \.isFullWidth) else { return nil }
        var half = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            half.append(scalar.isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(half)
    }
}

extension Unicode.Scalar {
    fileprivate var isFullWidth: Bool {
        switch value {
        case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: true
        default: false
        }
    }
}
