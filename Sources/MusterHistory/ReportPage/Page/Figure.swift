/// One question and its answer: a finding as title, what the marks mean, the picture, its tables, and the query.
struct Figure {
    /// A mark and what it means. The mark is a shape inside 16 × 10 pixels.
    struct Key {
        var mark: String?
        let text: String
    }

    let query: ReportQuery
    let title: String
    var keys: [Key] = []
    var note: String?
    var picture: Picture?
    var paths: [[String: Any]] = []
    var tables: [PageTable] = []
    var after: String?
    var place = Place.left

    /// Where on the page it stands: in the wider column, in the narrower one, or across both.
    enum Place: String {
        case left, right, across
    }

    /// What the templates take.
    func fields(_ words: PageWords, command: String) -> [String: Any] {
        var fields: [String: Any] = [
            "id": query.rawValue, "title": title, "command": command, "place": place.rawValue,
            "hasKeys": !keys.isEmpty,
            "keys": keys.map { key -> [String: Any] in
                var fields: [String: Any] = ["text": key.text]
                if let mark = key.mark { fields["mark"] = mark }
                return fields
            },
            "tables": tables.map { $0.fields(words) },
            "hasPaths": !paths.isEmpty, "paths": paths,
        ]
        if let note { fields["note"] = note }
        if let after { fields["after"] = after }
        if let picture { fields["picture"] = ["wide": picture.wide, "narrow": picture.narrow] }
        return fields
    }
}

/// A picture for the page and for a phone.
struct Picture {
    /// The columns of a page of full width, and of a telephone, in pixels.
    static let wideColumn = 780.0
    static let narrowColumn = 494.0
    static let across = 1_310.0
    static let telephone = 356.0

    let wide: String
    let narrow: String

    /// - Parameter label: what it says, for people who do not see it.
    init(_ label: String, wide: Drawing, narrow: Drawing) {
        self.wide = wide.svg("wide", label: label)
        self.narrow = narrow.svg("narrow", label: label, shrinks: narrow.size.width > Self.telephone ? 1 : 0.85)
    }

    /// - Parameter draw: draws it at a width.
    init(_ label: String, width: Double, draw: (Double) -> Drawing) {
        self.init(label, wide: draw(width), narrow: draw(Self.telephone))
    }
}
