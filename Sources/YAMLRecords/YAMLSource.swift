import Records
package import Yams

/// The first step of reading YAML: from text to nodes that know their lines.
package enum YAMLSource {
    /// The root of the first document.
    ///
    /// - Parameter maximumBytes: a longer text is refused unread.
    /// - Throws: what keeps it from being YAML, with the line, and without the text that the parser quotes.
    package static func root(of text: String, maximumBytes: Int) throws(YAMLProblem) -> Node {
        guard text.utf8.count <= maximumBytes else {
            let size = maximumBytes >> 10
            throw YAMLProblem(line: nil, key: "", Words("is larger than \(size) KiB", zh: "超过 \(size) KiB"))
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw YAMLProblem(error)
        }
        guard let root else { throw YAMLProblem(line: nil, key: "", Words("is empty", zh: "是空的")) }
        return root
    }
}

extension YAMLProblem {
    fileprivate init(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(line: mark.line, key: "", Words("is not YAML: \(problem)", zh: "不是有效的 YAML：\(problem)"))
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.init(line: context.mark.line, key: duplicates.min() ?? "", Words("is given twice", zh: "重复给出"))
        default:
            self.init(line: nil, key: "", Words("is not YAML", zh: "不是有效的 YAML"))
        }
    }
}
