import EventSourcing

/// One encoding of OCEL 2.0. Types come first, then objects, then events.
protocol OCELEncoding: AnyObject {
    func begin(objectTypes: [String], eventTypes: [OCELEventType]) throws
    func object(_ id: String, type: String) throws
    func beginEvents() throws
    func event(_ item: ExportItem, _ attributes: [ExportAttribute]) throws
    func end() throws
}

/// A type of event, and the attributes that its events have.
struct OCELEventType: Hashable, Sendable {
    struct Attribute: Hashable, Sendable {
        let name: String
        let kind: ExportKind
    }

    let name: String
    /// In the order of their names.
    let attributes: [Attribute]
}

/// A log as object-centric event logs have it ([OCEL 2.0](https://www.ocel-standard.org)): activities, and everything that
/// they have to do with.
///
/// The first pass learns the types, and which things are named besides those that have a stream of their own. These are
/// listed from the log, so that the memory grows with the other things alone: people, parties, territories.
final class OCELWriter: ExportWriter {
    private let encoding: any OCELEncoding
    private let holdsOwnEvents: Bool
    private var attributes: [String: [String: ExportKind]] = [:]
    /// The categories of streams that were seen, with the types of their objects.
    private var categories: [String: String] = [:]
    private var objectTypes: Set<String> = []
    /// Things that are named, by type.
    private var named: [String: Set<ExactText>] = [:]
    /// Whether the first pass is over.
    private var isListing = false
    private(set) var written = 0

    init(_ encoding: any OCELEncoding, _ catalogue: ExportCatalogue) {
        self.encoding = encoding
        holdsOwnEvents = catalogue.holdsOwnEvents
    }

    var passes: Int { 2 }

    func begin(pass: Int) throws {
        guard pass == 1 else { return }
        try beginObjects()
        for (type, ids) in named.sorted(by: { $0.key < $1.key }) {
            for id in ids.sorted() {
                let reference = ExportReference(type: type, id: id.text, qualifier: "")
                try encoding.object(reference.object, type: type)
            }
        }
        try encoding.beginEvents()
    }

    func take(_ event: CleanEvent, _ items: [ExportItem]) throws {
        for item in items {
            if isListing {
                try encoding.event(item, Self.attributes(of: item))
                written += 1
            } else {
                learn(item)
            }
        }
    }

    func take(_ streams: [StreamName]) throws {
        try beginObjects()
        for stream in streams {
            guard let type = categories[String(stream.category)] else { continue }
            let reference = ExportReference(type: type, id: String(stream.id), qualifier: "")
            try encoding.object(reference.object, type: type)
            named[type]?.remove(ExactText(reference.id))
        }
    }

    func end(pass: Int) throws {
        if pass == 1 { try encoding.end() }
    }

    private func beginObjects() throws {
        guard !isListing else { return }
        isListing = true
        try encoding.begin(
            objectTypes: objectTypes.sorted(),
            eventTypes: attributes.sorted { $0.key < $1.key }.map { name, attributes in
                OCELEventType(
                    name: name,
                    attributes: attributes.sorted { $0.key < $1.key }
                        .map { OCELEventType.Attribute(name: $0, kind: $1) }
                )
            }
        )
    }

    private func learn(_ item: ExportItem) {
        if attributes[item.activity] == nil { attributes[item.activity] = [:] }
        for attribute in Self.attributes(of: item) {
            let kind = ExportKind(attribute.value)
            attributes[item.activity, default: [:]][attribute.name] =
                attributes[item.activity]?[attribute.name].map { $0.merged(with: kind) } ?? kind
        }
        for reference in item.references {
            objectTypes.insert(reference.type)
            let isOwn = reference.id == item.caseID && streamType(of: item.category) == reference.type
            if isOwn {
                categories[item.category] = reference.type
            } else {
                named[reference.type, default: []].insert(ExactText(reference.id))
            }
        }
    }

    /// The type of the objects that are the streams of a category. The ids of suspected cases name a person, so these are
    /// never listed from the log.
    private func streamType(of category: String) -> String? {
        if category == "case" { return holdsOwnEvents ? nil : ExportObjects.importedCase }
        return ExportObjects.typeByCategory[category]
    }

    /// What an event says besides what it has to do with; what a row says of its case comes with the first of its stages.
    private static func attributes(of item: ExportItem) -> [ExportAttribute] {
        var attributes = item.attributes.filter { !$0.isReference }
        if item.isFirst { attributes += item.caseAttributes }
        if let started = item.started, !attributes.contains(where: { $0.name == "started" }) {
            attributes.append(ExportAttribute(name: "started", value: .time(started)))
        }
        if let key = item.key { attributes.append(ExportAttribute(name: "muster:key", value: .text(key))) }
        return attributes
    }
}
