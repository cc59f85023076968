/// The entries of an Atom feed ([RFC 4287](https://www.rfc-editor.org/rfc/rfc4287)) with GeoRSS, one row each.
///
/// Columns are the elements by their names, as `id`, `updated`, `author.name`, `georss:point`; attributes that carry the
/// content, as `category.term`; what the feed says of itself, as `feed.title`; and the terms of a definition list in the
/// content, as `content.Agency`, since feeds put there what Atom has no element for.
struct AtomRows: XMLHandler {
    private static let atom = "http://www.w3.org/2005/Atom"
    /// The usual prefixes of namespaces, whatever a document calls them.
    private static let prefixes = [
        "http://www.georss.org/georss": "georss", "http://www.opengis.net/gml": "gml",
        "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo", "http://purl.org/dc/elements/1.1/": "dc",
        "urn:oasis:names:tc:emergency:cap:1.1": "cap", "urn:oasis:names:tc:emergency:cap:1.2": "cap",
    ]
    /// Bytes of what the feed says of itself, which each entry repeats.
    private static let maximumFeedBytes = 64 << 10

    private var builder: RowBuilder
    private var queue = RowQueue()
    private var feed: RowBuilder.Mark?
    private var path = XMLPath()
    private var value = XMLText()
    private var hasRoot = false
    private var isInEntry = false
    private var entryLine = 1
    /// How deep an element of marked-up text is, within the element that it belongs to.
    private var markup = 0
    private var isHTML = false

    init(builder: RowBuilder) { self.builder = builder }

    var columns: [String] { builder.columns }
    var bytes: [UInt8] { queue.bytes }
    var fields: [Range<Int>] { queue.fields }
    var line: Int { queue.line }

    mutating func start(_ element: XMLElement) throws(FormFault) {
        guard hasRoot else {
            hasRoot = true
            guard element.namespace == Self.atom, element.name == "feed" || element.name == "entry" else {
                throw .root(found: element.name, expected: .atom)
            }
            if element.name == "entry" { beginEntry(element) }
            return
        }
        if markup > 0 || isText(path) {
            markup += 1
            return
        }
        if !isInEntry, path.isEmpty, element.namespace == Self.atom, element.name == "entry" {
            beginEntry(element)
            return
        }
        value.removeAll()
        path.push(name(element))
        isHTML = element.text("type") == "html"
        takeAttributes(element)
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) { value.append(text) }

    mutating func end() throws(FormFault) {
        if markup > 0 {
            markup -= 1
            return
        }
        guard !path.isEmpty else {
            if isInEntry {
                isInEntry = false
                queue.put(builder, line: entryLine)
                builder.reset(to: feed)
            }
            return
        }
        let text = value.trimmed
        if !text.isEmpty {
            builder.add(columnPrefix + path.text, text)
            if isHTML, isText(path) { takeTerms(text) }
            if path.hasSuffix("gml:pos"), path.text.hasPrefix("georss:where") {
                builder.set(columnPrefix + "georss:point", text)
            }
        }
        value.removeAll()
        path.pop()
        if !isInEntry { keepForFeed() }
    }

    mutating func finish() throws(FormFault) {}

    mutating func next() -> RowStep? { queue.next() }

    private var columnPrefix: String { isInEntry ? "" : "feed." }

    private mutating func beginEntry(_ element: XMLElement) {
        isInEntry = true
        entryLine = element.line
        builder.reset(to: feed)
    }

    private mutating func keepForFeed() {
        let mark = builder.mark()
        if mark.byteCount <= Self.maximumFeedBytes { feed = mark } else { builder.reset(to: feed) }
    }

    private func name(_ element: XMLElement) -> String {
        guard let namespace = element.namespace, namespace != Self.atom else { return element.name }
        guard let prefix = Self.prefixes[namespace] ?? element.prefix else { return element.name }
        return "\(prefix):\(element.name)"
    }

    private func isText(_ path: XMLPath) -> Bool {
        path.depth == 1 && (path.hasSuffix("content") || path.hasSuffix("summary") || path.hasSuffix("title"))
    }

    private mutating func takeAttributes(_ element: XMLElement) {
        guard element.namespace == Self.atom else { return }
        let column = columnPrefix + path.text
        switch element.name {
        case "category":
            if let term = element["term"] { builder.add(column + ".term", term) }
            if let label = element["label"] { builder.add(column + ".label", label) }
        case "link":
            guard let target = element["href"] else { return }
            let relation = element.text("rel") ?? "alternate"
            builder.add(relation == "alternate" ? column : "\(column).\(relation)", target)
        case "content":
            if let source = element["src"] { builder.set(column + ".src", source) }
        default: break
        }
    }

    private mutating func takeTerms(_ text: ArraySlice<UInt8>) {
        for (term, definition) in DefinitionList.terms(in: text) {
            builder.add("\(columnPrefix)\(path.text).\(term)", definition)
        }
    }
}
