package import Records

/// What is wrong with a mapping, and on which line of it.
package struct MappingError: Error, Hashable, Sendable {
    /// From 1; nil when it concerns the whole.
    package let line: Int?
    /// The key, as `stages.received.column`; empty for the whole.
    package let key: String
    package let problem: Words
    /// The file it was read from; nil for a shipped mapping or a text.
    package var path: String?

    init(line: Int? = nil, key: String = "", _ problem: Words, path: String? = nil) {
        self.line = line
        self.key = key
        self.problem = problem
        self.path = path
    }

    package var words: Words {
        var (en, zh) = (path ?? "mapping", path ?? "映射")
        if let line {
            en += ", line \(line)"
            zh += "，第 \(line) 行"
        }
        if !key.isEmpty {
            en += ", \(key)"
            zh += "，\(key)"
        }
        return Words("\(en): \(problem.en)", zh: "\(zh)：\(problem.zh)")
    }
}

extension MappingError: CustomStringConvertible {
    package var description: String { words.en }
}
