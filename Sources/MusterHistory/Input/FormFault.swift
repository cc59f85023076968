package import Records

/// What is wrong with the form of a file, or of one row of it.
package enum FormFault: Error, Hashable, Sendable {
    /// The first line of a CSV file is no header in UTF-8.
    case header
    /// JSON is broken at a byte of the file, from 0.
    case json(byte: Int)
    /// The file ends in the middle.
    case cut
    /// A row is a JSON value, but no object.
    case notObject
    /// Nested deeper than so many levels.
    case tooDeep(Int)
    /// The JSON document has no such list.
    case noList(String)
    /// An event lacks an attribute that CloudEvents requires.
    case notCloudEvent(String)
    /// XML is not well-formed, as the parser says it.
    case xml(String)
    /// XML with a document type declaration, which can name other files and grow without bound.
    case documentType
    /// XML refers to an entity that it must not, or cannot, declare.
    case entity(String)
    /// The document is none of the format that the mapping names.
    case root(found: String, expected: Mapping.FileType)
    /// OCEL 1.0 in XML.
    case oldOCEL
    /// An SQLite database that cannot be read as OCEL 2.0, as SQLite says it.
    case sqlite(String)
    /// More objects, or longer names of them, than are held in memory.
    case tooManyObjects(Int)

    package var code: String {
        switch self {
        case .header: "header"
        case .json: "json"
        case .cut: "truncated"
        case .notObject: "not-object"
        case .tooDeep: "too-deep"
        case .noList: "no-list"
        case .notCloudEvent: "not-cloudevent"
        case .xml: "xml"
        case .documentType: "document-type"
        case .entity: "entity"
        case .root: "root"
        case .oldOCEL: "ocel-1"
        case .sqlite: "sqlite"
        case .tooManyObjects: "too-many-objects"
        }
    }

    package var words: Words {
        switch self {
        case .header: Words("is not a CSV header in UTF-8", zh: "不是 UTF-8 的 CSV 表头")
        case .json(let byte): Words("is not well-formed JSON at byte \(byte)", zh: "在第 \(byte) 字节处不是合法的 JSON")
        case .cut:
            Words("ends in the middle: get the whole file and import it again", zh: "文件在中间结束；请取得完整的文件后重新导入")
        case .notObject: Words("is not a JSON object", zh: "不是 JSON 对象")
        case .tooDeep(let limit): Words("is nested deeper than \(limit) levels", zh: "嵌套超过 \(limit) 层")
        case .noList(let path): Words("has no list “\(path)”", zh: "没有列表“\(path)”")
        case .notCloudEvent(let name): Words("is no CloudEvent: it has no “\(name)”", zh: "不是 CloudEvent：缺少“\(name)”")
        case .xml(let message): Words("is not well-formed XML: \(message)", zh: "不是合法的 XML：\(message)")
        case .documentType:
            Words(
                "has a document type declaration (DOCTYPE), which may read other files or fill the memory and is never"
                    + " followed; remove it and import again",
                zh: "含有文档类型声明（DOCTYPE），可能读取其他文件或耗尽内存，因此从不解析；请删除后重新导入"
            )
        case .entity(let name):
            Words("refers to the entity “&\(name);”, which is not resolved", zh: "引用了实体“&\(name);”，不予解析")
        case .root("feed", .cap):
            Words(
                "is a feed without any alert in it; an index of alerts is read by the mapping cap-atom-index, other feeds by"
                    + " one of type atom",
                zh: "是不含预警正文的订阅源；预警索引请用映射 cap-atom-index，其他订阅源请用 atom 类型的映射"
            )
        case .root(let found, let expected):
            Words(
                "begins with “\(found)” and is no file of type \(expected.rawValue); see the mapping's format",
                zh: "以“\(found)”开头，不是 \(expected.rawValue) 类型的文件；请检查映射的 format"
            )
        case .oldOCEL:
            Words(
                "is OCEL 1.0 in XML; convert it to OCEL 2.0, or to OCEL 1.0 in JSON, which is read",
                zh: "是 XML 格式的 OCEL 1.0；请转换为 OCEL 2.0，或可读取的 JSON 格式 OCEL 1.0"
            )
        case .sqlite(let message):
            Words("cannot be read as an OCEL 2.0 database: \(message)", zh: "无法作为 OCEL 2.0 数据库读取：\(message)")
        case .tooManyObjects(let limit):
            Words("has more than \(limit) objects", zh: "对象超过 \(limit) 个")
        }
    }
}
