package import Records

/// One thing that is wrong with a YAML text, and on which line.
package struct YAMLProblem: Error, Hashable, Sendable {
    /// From 1; nil when it concerns the whole.
    package let line: Int?
    /// The place, as `groups[2].steps[1].needs`; empty for the whole.
    package let key: String
    package let problem: Words

    package init(line: Int?, key: String, _ problem: Words) {
        self.line = line
        self.key = key
        self.problem = problem
    }

    /// As "line 12, groups[2].group: is given twice".
    package var words: Words {
        var (en, zh): ([String], [String]) = ([], [])
        if let line {
            en.append("line \(line)")
            zh.append("第 \(line) 行")
        }
        if !key.isEmpty {
            en.append(key)
            zh.append(key)
        }
        return en.isEmpty
            ? problem
            : Words(
                "\(en.joined(separator: ", ")): \(problem.en)",
                zh: "\(zh.joined(separator: "，"))：\(problem.zh)"
            )
    }
}

/// Everything that is wrong with a YAML text, in the order of its lines. Never empty.
package struct YAMLProblems: Error, Hashable, Sendable {
    package let list: [YAMLProblem]

    init(_ list: [YAMLProblem]) { self.list = list }
}
