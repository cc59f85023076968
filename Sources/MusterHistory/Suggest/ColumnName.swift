/// The name of a column, taken apart into the words that tell what the column is for.
struct ColumnName: Hashable {
    let text: String
    /// In lower case, apart at signs, digits and capital letters: `sysUpdated_at` is `sys updated at`.
    let words: [String]
    let lowercased: String

    init(_ text: String) {
        self.text = text
        lowercased = text.lowercased()
        var words: [String] = []
        var word = ""
        var wasLower = false
        for character in text {
            guard character.isLetter else {
                if !word.isEmpty { words.append(word) }
                (word, wasLower) = ("", false)
                continue
            }
            if character.isUppercase, wasLower {
                words.append(word)
                word = ""
            }
            wasLower = character.isLowercase
            word += character.lowercased()
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
    }

    func isOne(of names: String...) -> Bool { names.contains(lowercased) }

    /// Whether one of the words stands in the name: whole where letters have words, anywhere in Chinese.
    func has(_ wanted: String...) -> Bool { has(wanted) }

    func has(_ wanted: [String]) -> Bool {
        wanted.contains { word in
            words.contains(word) || (word.unicodeScalars.allSatisfy { $0.value >= 0x2E80 } && text.contains(word))
        }
    }

    /// Whether it is about a person's name, birth, number or address for messages.
    var isPersonal: Bool {
        if has("phone", "telephone", "tel", "mobile", "cell", "email", "mail", "birth", "birthday", "dob", "ssn") {
            return true
        }
        if has("surname", "passport", "firstname", "lastname", "middlename", "fullname", "patronymic") { return true }
        if has("电话", "手机", "姓名", "身份证", "邮箱", "出生", "联系人") { return true }
        return has("name") && has("first", "last", "middle", "full", "given", "family", "caller", "patient", "person")
    }

    /// Whether what it holds stands for somebody who did something or whom it concerned.
    var standsForPerson: Bool {
        if has("unit", "team", "group", "agency", "department", "type", "kind", "count") { return false }
        return has(Self.personWords)
    }

    private static let personWords = [
        "resource", "user", "worker", "officer", "responsible", "assignee", "assigned", "creator", "editor", "caller",
        "requester", "reporter", "handler", "operator", "performer", "patient", "contact", "person", "citizen", "经办",
        "处理人", "申请人",
        "报警人", "负责人",
    ]

    /// Whether a time of this name is one until which something is to be done.
    var isDue: Bool { has("due", "deadline", "planned", "target", "expected", "期限", "截止", "限期", "时限") }

    /// Whether a time of this name is one at which the row was entered, whenever it happened.
    var isEntry: Bool {
        has("data") && has("entry") || has("entered", "recorded", "inserted", "录入", "补录", "入库")
    }

    /// Whether it is about something that is read off, as a temperature.
    var isReading: Bool { has("temperature", "reading", "measurement", "体温", "温度", "读数") }

    /// Whether a time of this name is one at which something was over.
    var isEnd: Bool {
        has("closed", "completed", "resolved", "finished", "done", "ended", "end", "办结", "完成", "结束", "关闭")
    }

    /// What an event may call it: lower-case letters, digits and hyphens.
    func slug(droppingTimeWords: Bool = false) -> String? {
        var parts: [String] = []
        var part = ""
        var wasLower = false
        func end() {
            if !part.isEmpty { parts.append(part) }
            part = ""
        }
        for character in text {
            let lower = character.lowercased()
            guard lower.unicodeScalars.count == 1, let letter = lower.unicodeScalars.first,
                ("a"..."z").contains(letter) || ("0"..."9").contains(letter)
            else {
                end()
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { end() }
            wasLower = character.isLowercase
            part += lower
        }
        end()
        // A name that is mostly letters of another script says nothing without them.
        let kept = parts.joined().unicodeScalars.count { ("a"..."z").contains($0) }
        guard kept > 0, kept * 2 >= text.unicodeScalars.count(where: { $0.properties.isAlphabetic }) else { return nil }
        if droppingTimeWords { parts = Self.withoutTimeWords(parts) }
        let slug = String(parts.joined(separator: "-").prefix(40))
        return slug.last == "-" ? String(slug.dropLast()) : slug
    }

    /// A name for a Chinese column, by the first of the usual words that stands in it.
    var chineseSlug: String? { Self.chineseWords.first { text.contains($0.word) }?.slug }

    private static let chineseWords: [(word: String, slug: String)] = [
        ("接警", "received"), ("接报", "received"), ("受理", "accepted"), ("派单", "dispatched"), ("派出", "dispatched"),
        ("派警", "dispatched"), ("出动", "responding"), ("出发", "responding"), ("到场", "on-scene"), ("到达", "arrived"),
        ("处置", "handled"), ("办结", "closed"), ("结案", "closed"), ("关闭", "closed"), ("完成", "completed"),
        ("回访", "called-back"), ("创建", "created"), ("登记", "registered"), ("上报", "reported"), ("报警", "reported"),
        ("更新", "updated"), ("期限", "due"), ("截止", "due"), ("时限", "due"), ("类型", "type"), ("类别", "category"),
        ("状态", "status"), ("等级", "level"), ("级别", "level"), ("街道", "street"), ("社区", "community"),
        ("网格", "grid"), ("地址", "address"), ("地点", "place"), ("部门", "department"), ("单位", "agency"),
        ("来源", "source"), ("渠道", "channel"), ("内容", "content"), ("标题", "title"), ("结果", "result"), ("备注", "note"),
    ]

    /// What is left of `received-dt-tm` and `date-of-onset`, unless it is nothing.
    private static func withoutTimeWords(_ parts: [String]) -> [String] {
        let rest = parts.filter { !timeWords.contains($0) }
        let words = rest.enumerated().filter { $0.offset == 0 || !smallWords.contains($0.element) }.map(\.element)
        let named =
            words.count > 1 && smallWords.contains(words[0]) && parts.first != words[0]
            ? Array(words.dropFirst()) : words
        return named.isEmpty ? parts : named
    }

    private static let timeWords: Set<String> = ["date", "dttm", "dt", "tm", "time", "datetime", "timestamp"]
    private static let smallWords: Set<String> = ["at", "on", "of"]
}
