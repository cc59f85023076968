/// Words in a report that let it pass the queue (R5.4).
package enum SafetyWords {
    /// English words stand alone: "firework" is no fire.
    private static let english: Set<String> = [
        "fire", "fires", "burning", "smoke", "trapped", "weapon", "weapons", "knife", "gun", "unconscious", "collapsed",
        "explosion", "exploded", "gas", "bleeding", "drowning",
    ]
    /// Chinese has no spaces, so these are looked for anywhere.
    private static let chinese = [
        "火", "被困", "刀", "枪", "武器", "昏迷", "晕倒", "爆炸", "煤气", "燃气", "大出血", "溺水", "触电",
    ].map { Array($0.utf8) }

    /// Whether one of them occurs in a text, in any case.
    package static func occur(in text: String) -> Bool {
        let words = text.lowercased().split { !$0.isLetter }
        return words.contains { english.contains(String($0)) } || hasChinese(Array(text.utf8))
    }

    /// Bytes are compared, and only where a character of three begins: every report passes here.
    private static func hasChinese(_ text: [UInt8]) -> Bool {
        text.indices.contains { index in
            text[index] & 0xF0 == 0xE0 && chinese.contains { text[index...].starts(with: $0) }
        }
    }
}
