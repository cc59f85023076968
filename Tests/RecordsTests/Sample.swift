import Records

/// A record with a field of every sort.
struct Sample: Hashable, Sendable {
    enum Colour: String, Choice {
        case red, blue

        var words: Words {
            switch self {
            case .red: Words("Red", zh: "红")
            case .blue: Words("Blue", zh: "蓝")
            }
        }
    }

    struct Part: Hashable, Sendable {
        var name: String

        static let record = Record<Part>(
            Field("name", { $0.name }, .line(5), Words("Name", zh: "名称")),
            make: Part.init
        )
    }

    var line = "x"
    var prose: String?
    var count = 1
    var share = 0.5
    var isOn = true
    var colour = Colour.red
    var parts: [Part] = []
    var tags: [Int] = []

    static let record = Record<Sample>(
        Field("line", { $0.line }, .line(10), Words("Line", zh: "行"), help: Words("One line", zh: "一行")),
        Field("prose", { $0.prose }, Codec<String>.prose(100).optional, Words("Prose", zh: "文")),
        Field("count", { $0.count }, .integer(0...9), Words("Count", zh: "数")),
        Field("share", { $0.share }, .number(0...1), Words("Share", zh: "份")),
        Field("isOn", { $0.isOn }, .boolean, Words("On", zh: "开")),
        Field("colour", { $0.colour }, .choice, Words("Colour", zh: "色")),
        Field("parts", { $0.parts }, .list(of: Part.record.codec, count: 0...3), Words("Parts", zh: "件")),
        Field(
            "tags",
            { $0.tags },
            Codec<[Int]>.list(of: .integer(0...100), count: 0...3, isSet: true).orMissing([]),
            Words("Tags", zh: "签")
        ),
        make: Sample.init
    )

    /// The members that must be there, and more.
    static func json(_ more: String) -> [UInt8] {
        let required = #""line":"x","count":1,"share":0.5,"isOn":true,"colour":"red","parts":[]"#
        return Array("{\(required)\(more.isEmpty ? "" : ",")\(more)}".utf8)
    }
}
