import Records
import YAMLRecords
import Yams

/// A place in the YAML of a mapping, which knows its line and key for errors.
struct MappingNode {
    static let maximumTextBytes = 64 << 10

    private let node: Node
    private let key: String

    private init(_ node: Node, key: String) {
        self.node = node
        self.key = key
    }

    /// The root of a YAML document.
    init(yaml text: String) throws(MappingError) {
        let root: Node
        do throws(YAMLProblem) {
            root = try YAMLSource.root(of: text, maximumBytes: Self.maximumTextBytes)
        } catch {
            throw MappingError(line: error.line, key: error.key, error.problem)
        }
        self.init(root, key: "")
    }

    func error(_ problem: Words) -> MappingError { MappingError(line: node.mark?.line, key: key, problem) }

    /// The members by name. Refuses names besides `known`; nil allows any that `isName` allows.
    func members(_ known: [String]?) throws(MappingError) -> MappingMembers {
        guard case .mapping(let mapping) = node else {
            throw error(Words("must be a list of “name: value”", zh: "应为“名称: 值”的形式"))
        }
        var members: [(name: String, value: MappingNode)] = []
        for (nameNode, value) in mapping {
            guard case .scalar(let scalar) = nameNode else {
                throw error(Words("has a name that is no text", zh: "含有不是文本的名称"))
            }
            let name = scalar.string
            let member = MappingNode(value, key: key.isEmpty ? name : "\(key).\(name)")
            if let known {
                guard known.contains(name) else {
                    let list = known.joined(separator: ", ")
                    throw MappingError(
                        line: nameNode.mark?.line ?? value.mark?.line,
                        key: member.key,
                        Words("is not known here; known are: \(list)", zh: "不是已知的名称；可用：\(list)")
                    )
                }
            } else if !Self.isName(name) {
                throw member.error(
                    Words(
                        "names are lower-case letters, digits and hyphens, at most 40, as on-scene",
                        zh: "名称只能用小写字母、数字和连字符，最多 40 个，例如 on-scene"
                    )
                )
            }
            members.append((name, member))
        }
        return MappingMembers(parent: self, members: members)
    }

    func missing(_ name: String) -> MappingError {
        MappingError(
            line: node.mark?.line,
            key: key.isEmpty ? name : "\(key).\(name)",
            Words("is missing", zh: "缺失")
        )
    }

    /// A text that is not empty.
    func text() throws(MappingError) -> String {
        let text = try anyText()
        guard !text.isEmpty else { throw error(Words("must not be empty", zh: "不能为空")) }
        return text
    }

    /// A text that may be empty, as in a list of null words.
    func anyText() throws(MappingError) -> String {
        guard case .scalar(let scalar) = node, scalar.string.utf8.count <= 200 else {
            throw error(Words("must be a text of at most 200 bytes", zh: "应为不超过 200 字节的文本"))
        }
        return scalar.string
    }

    /// A name that can stand in an event: lower-case letters, digits and hyphens.
    func name() throws(MappingError) -> String {
        let text = try text()
        guard Self.isName(text) else {
            throw error(
                Words(
                    "“\(text)” must be lower-case letters, digits and hyphens, at most 40",
                    zh: "“\(text)”只能用小写字母、数字和连字符，最多 40 个"
                )
            )
        }
        return text
    }

    func integer(_ range: ClosedRange<Int>) throws(MappingError) -> Int {
        guard let value = Int(try text()), range.contains(value) else {
            throw error(
                Words(
                    "must be a whole number from \(range.lowerBound) to \(range.upperBound)",
                    zh: "应为 \(range.lowerBound) 到 \(range.upperBound) 之间的整数"
                )
            )
        }
        return value
    }

    func boolean() throws(MappingError) -> Bool {
        switch try text() {
        case "true": return true
        case "false": return false
        default: throw error(Words("must be true or false", zh: "应为 true 或 false"))
        }
    }

    /// The entries of a list; a single text is a list of one.
    func list() throws(MappingError) -> [MappingNode] {
        switch node {
        case .scalar: return [self]
        case .sequence(let sequence):
            return sequence.enumerated().map { MappingNode($1, key: "\(key)[\($0 + 1)]") }
        default: throw error(Words("must be a list", zh: "应为列表"))
        }
    }

    func texts() throws(MappingError) -> [String] {
        var texts: [String] = []
        for entry in try list() { texts.append(try entry.text()) }
        return texts
    }

    /// A text in English and Chinese: `{en: Calls, zh: 报警}`, or one text for both.
    func bothLanguages() throws(MappingError) -> Words {
        if case .scalar = node {
            let text = try text()
            return Words(text, zh: text)
        }
        let members = try members(["en", "zh"])
        let en = try members.required("en").text()
        return Words(en, zh: try members["zh"]?.text() ?? en)
    }

    /// Whether this is a single text and not a list or a mapping.
    var isText: Bool {
        if case .scalar = node { return true }
        return false
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 40 && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

/// The members of a mapping in YAML, in the order in which they are written.
struct MappingMembers {
    let parent: MappingNode
    let members: [(name: String, value: MappingNode)]

    subscript(name: String) -> MappingNode? { members.first { $0.name == name }?.value }

    func required(_ name: String) throws(MappingError) -> MappingNode {
        guard let member = self[name] else { throw parent.missing(name) }
        return member
    }
}
