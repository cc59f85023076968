package import Records

/// Why a row did not become an event.
package enum RejectReason: Hashable, Sendable {
    /// The row has another number of fields than the header.
    case fieldCount(found: Int, expected: Int)
    /// The last row is incomplete: the file was cut off.
    case truncated
    case unclosedQuote
    case textAfterQuote
    case tooLong
    case encoding
    case controlCharacter
    /// A field is empty that must say something.
    case missing
    case time(String)
    case integer(String)
    case choice(String)
    /// No stage has a time.
    case noTime
    /// The log has so many rows with the same key, and this one differs from all of them.
    case revisions(Int)
    /// JSON or XML that is no row.
    case form(FormFault)

    /// A stable word for programs.
    package var code: String {
        switch self {
        case .fieldCount: "field-count"
        case .truncated: "truncated"
        case .unclosedQuote: "unclosed-quote"
        case .textAfterQuote: "text-after-quote"
        case .tooLong: "too-long"
        case .encoding: "encoding"
        case .controlCharacter: "control-character"
        case .missing: "missing"
        case .time: "time"
        case .integer: "integer"
        case .choice: "choice"
        case .noTime: "no-time"
        case .revisions: "revisions"
        case .form(let fault): fault.code
        }
    }

    package var words: Words {
        switch self {
        case .fieldCount(let found, let expected):
            Words("has \(found) fields, and should have \(expected)", zh: "有 \(found) 个字段，应有 \(expected) 个")
        case .truncated:
            Words("is incomplete: the file ends in the middle of this row", zh: "不完整：文件在这一行中间结束")
        case .unclosedQuote:
            Words("has a quote that is never closed", zh: "引号没有闭合")
        case .textAfterQuote:
            Words("has text after a closing quote", zh: "引号闭合后还有文字")
        case .tooLong:
            Words("is too long", zh: "过长")
        case .encoding:
            Words("is not text in the encoding that the mapping names", zh: "不是映射所指定编码的文本")
        case .controlCharacter:
            Words("holds a control character", zh: "含有控制字符")
        case .missing:
            Words("is empty, and must not be", zh: "不能为空")
        case .time(let text):
            Words("“\(text)” is not a time of the mapping's formats", zh: "“\(text)”不符合映射中的时间格式")
        case .integer(let text):
            Words("“\(text)” is not a whole number", zh: "“\(text)”不是整数")
        case .choice(let text):
            Words("“\(text)” is none of the mapping's words", zh: "“\(text)”不在映射列出的词中")
        case .noTime:
            Words("has no time in any stage", zh: "所有阶段都没有时间")
        case .revisions(let count):
            Words(
                "differs from \(count) rows with the same key: see whether the mapping's key names single rows",
                zh: "与 \(count) 行同键的内容都不同：请检查映射的 key 是否能区分各行"
            )
        case .form(let fault): fault.words
        }
    }
}

/// A row that did not become an event.
package struct RejectedRow: Hashable, Sendable {
    /// The line of the file on which the row begins, from 1.
    package let line: Int
    /// The column it is about; nil when it is about the whole row.
    package let column: String?
    package let reason: RejectReason

    package init(line: Int, column: String?, reason: RejectReason) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}
