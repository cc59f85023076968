import EventSourcing
import MusterDomain
import Records

/// What people call the kinds of events of Muster's own.
enum EventWords {
    static let byName: [String: Words] = {
        var words: [String: Words] = [:]
        for kind in EventKind.all {
            for encoding in kind.encodings { words[encoding.type.name] = kind.words }
        }
        return words
    }()

    /// What the streams of a category are called, in the plural.
    static func cases(of category: String) -> Words {
        switch category {
        case "matter": Words("matters", zh: "事项")
        case "incident": Words("incidents", zh: "事件")
        case "directive": Words("directives", zh: "指令")
        case "addressed": Words("addressed directives", zh: "收文")
        case "report": Words("reports", zh: "诉求")
        case "inquiry": Words("inquiries", zh: "核查")
        case "notice": Words("notices", zh: "通告")
        default: Words("cases of \(category)", zh: "\(category) 案件")
        }
    }
}
