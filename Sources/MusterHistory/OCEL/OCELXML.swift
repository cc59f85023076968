/// What an OCEL 2.0 log in XML is made of: objects or events, each with attributes and relations.
struct OCELXMLItem {
    struct Attribute {
        let name: String
        let time: String
        let value: String
    }

    var id = ""
    var type = ""
    var time = ""
    var line = 1
    var attributes: [Attribute] = []
    var relations: [OCELEvent.Relation] = []
    /// Bytes of all of it.
    var byteCount = 0
}

/// Follows the elements of an OCEL 2.0 log in XML.
struct OCELXMLParts {
    /// Where the elements are that make an item.
    enum Section: String {
        case objects, events
    }

    private let section: Section
    private var path = XMLPath()
    private var item: OCELXMLItem?
    private var attribute: (name: String, time: String)?
    private var value = XMLText()
    private var isTooLong = false

    init(_ section: Section) { self.section = section }

    mutating func start(_ element: XMLElement) throws(FormFault) {
        let outer = path.text
        path.push(element.name)
        switch (path.depth, element.name) {
        case (1, "log"): break
        case (1, _): throw .root(found: element.name, expected: .ocel)
        // Version 1.0 describes attributes that all items have, which version 2.0 does not know.
        case (2, "global"): throw .oldOCEL
        case (2, "trace"), (2, "extension"), (2, "classifier"):
            throw .root(found: "log/" + element.name, expected: .ocel)
        case (3, "object") where outer == "log.objects" && section == .objects,
            (3, "event") where outer == "log.events" && section == .events:
            begin(element)
        case (5, "attribute") where item != nil && outer.hasSuffix(".attributes"):
            attribute = (element.text("name") ?? "", element.text("time") ?? "")
            value.removeAll()
        // The standard's schema says “object”, its examples “relationship”.
        case (5, "relationship") where item != nil && outer.hasSuffix(".objects"),
            (5, "object") where item != nil && outer.hasSuffix(".objects"):
            relate(element)
        default: break
        }
    }

    mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
        if attribute != nil { value.append(text) }
    }

    /// The item that ended, if one did; a fault when it was too long.
    mutating func end() -> (item: OCELXMLItem, isTooLong: Bool)? {
        defer { path.pop() }
        if let attribute, path.depth == 5 {
            add(
                OCELXMLItem.Attribute(
                    name: attribute.name,
                    time: attribute.time,
                    value: String(decoding: value.bytes, as: UTF8.self)
                )
            )
            self.attribute = nil
        }
        guard path.depth == 3, let item else { return nil }
        self.item = nil
        return (item, isTooLong)
    }

    private mutating func begin(_ element: XMLElement) {
        var item = OCELXMLItem()
        item.id = element.text("id") ?? ""
        item.type = element.text("type") ?? ""
        item.time = element.text("time") ?? ""
        item.line = element.line
        self.item = item
        isTooLong = false
    }

    private mutating func relate(_ element: XMLElement) {
        let relation = OCELEvent.Relation(
            object: element.text("object-id") ?? "",
            qualifier: element.text("qualifier") ?? ""
        )
        guard fits(relation.object.utf8.count + relation.qualifier.utf8.count) else { return }
        item?.relations.append(relation)
    }

    private mutating func add(_ attribute: OCELXMLItem.Attribute) {
        guard fits(attribute.name.utf8.count + attribute.value.utf8.count) else { return }
        item?.attributes.append(attribute)
    }

    private mutating func fits(_ bytes: Int) -> Bool {
        // So much for a thing's place in a list, whatever it says.
        item?.byteCount += bytes + 32
        if let item, item.byteCount > RowBuilder.maximumRowBytes { isTooLong = true }
        return !isTooLong
    }
}

/// Gathers the objects of an OCEL log in XML; it has no rows.
struct OCELXMLObjects: XMLHandler {
    private let objects: OCELObjects
    private var parts = OCELXMLParts(.objects)
    private var queue = RowQueue()

    init(objects: OCELObjects) { self.objects = objects }

    var columns: [String] { [] }
    var bytes: [UInt8] { [] }
    var fields: [Range<Int>] { [] }
    var line: Int { queue.line }

    mutating func start(_ element: XMLElement) throws(FormFault) { try parts.start(element) }
    mutating func text(_ text: UnsafeBufferPointer<UInt8>) { parts.text(text) }

    mutating func end() throws(FormFault) {
        guard let (item, _) = parts.end() else { return }
        try objects.add(item.id, type: item.type)
        for attribute in item.attributes {
            let value = OCELObjects.Value(time: attribute.time, value: attribute.value)
            try objects.addValue(of: item.id, attribute.name, value)
        }
    }

    mutating func finish() throws(FormFault) {}
    mutating func next() -> RowStep? { nil }
}

/// The events of an OCEL log in XML.
struct OCELXMLRows: XMLHandler {
    private var maker: OCELRowMaker
    private var parts = OCELXMLParts(.events)
    private var items: [(item: OCELXMLItem, isTooLong: Bool)] = []
    private var nextItem = 0
    private(set) var line = 1

    init(maker: OCELRowMaker) { self.maker = maker }

    var columns: [String] { maker.builder.columns }
    var bytes: [UInt8] { maker.builder.bytes }
    var fields: [Range<Int>] { maker.builder.fields }

    mutating func start(_ element: XMLElement) throws(FormFault) { try parts.start(element) }
    mutating func text(_ text: UnsafeBufferPointer<UInt8>) { parts.text(text) }

    mutating func end() throws(FormFault) {
        if let ended = parts.end() { items.append(ended) }
    }

    mutating func finish() throws(FormFault) {}

    mutating func next() -> RowStep? {
        while true {
            if let step = maker.next() { return step }
            guard nextItem < items.count else {
                items.removeAll(keepingCapacity: true)
                nextItem = 0
                return nil
            }
            let (item, isTooLong) = items[nextItem]
            nextItem += 1
            line = item.line
            if isTooLong { return .fault(.tooLong) }
            var event = OCELEvent()
            event.id = item.id
            event.type = item.type
            event.time = item.time
            event.line = item.line
            event.attributes = item.attributes.map { (Self.name($0.name, of: item.type), $0.value) }
            event.relations = item.relations
            maker.take(event)
        }
    }

    /// The standard's schema has a name for one type of event alone: what several types have is written `TYPE.NAME`, and is
    /// one column here as it is in the other encodings.
    private static func name(_ name: String, of type: String) -> String {
        name.hasPrefix("\(type).") ? String(name.dropFirst(type.count + 1)) : name
    }
}
