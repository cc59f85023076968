import Records

/// The events of an OCEL log in JSON, of version 2.0, or 1.0 as it was before.
struct OCELJSONRows: RowReader {
    private var elements = JSONElements(.document, lists: ["events", "ocel:events"])
    private var maker: OCELRowMaker

    init(maker: OCELRowMaker) { self.maker = maker }

    var columns: [String]? { maker.builder.columns }
    var bytes: [UInt8] { maker.builder.bytes }
    var fields: [Range<Int>] { maker.builder.fields }
    var line: Int { elements.line }
    var offset: Int? { elements.offset }
    var isTerminated: Bool { true }
    var endsInsideRow: Bool { elements.endsInsideValue }

    mutating func feed(_ chunk: [UInt8]) { elements.feed(chunk) }
    mutating func finish() { elements.finish() }

    mutating func next() -> RowStep {
        while true {
            if let step = maker.next() { return step }
            switch elements.next() {
            case .element:
                var json = OCELJSON(elements: elements)
                do throws(OCELJSON.Fault) { maker.take(try json.event()) } catch { return .fault(error.reason) }
            case .member: break
            case .fault(let reason): return .fault(reason)
            case .needsMore: return .needsMore
            case .end: return .end
            case .failure(let fault): return .failure(fault)
            }
        }
    }
}

/// Gathers the objects of an OCEL log in JSON; it has no rows.
struct OCELJSONObjects: RowReader {
    private var elements = JSONElements(.document, lists: ["objects", "ocel:objects"])
    private let objects: OCELObjects

    init(objects: OCELObjects) { self.objects = objects }

    var columns: [String]? { [] }
    var bytes: [UInt8] { [] }
    var fields: [Range<Int>] { [] }
    var line: Int { elements.line }
    var offset: Int? { elements.offset }
    var isTerminated: Bool { true }
    var endsInsideRow: Bool { elements.endsInsideValue }

    mutating func feed(_ chunk: [UInt8]) { elements.feed(chunk) }
    mutating func finish() { elements.finish() }

    mutating func next() -> RowStep {
        while true {
            switch elements.next() {
            case .element:
                var json = OCELJSON(elements: elements)
                do throws(OCELJSON.Fault) { try json.object(into: objects) } catch {
                    switch error {
                    case .row(let reason): return .fault(reason)
                    case .log(let fault): return .failure(fault)
                    }
                }
            case .member: break
            case .fault(let reason): return .fault(reason)
            case .needsMore: return .needsMore
            case .end: return .end
            case .failure(let fault): return .failure(fault)
            }
        }
    }
}

/// Reads one event or object of an OCEL log in JSON.
private struct OCELJSON {
    enum Fault: Error {
        case row(RejectReason)
        /// The rest cannot be read either.
        case log(FormFault)

        var reason: RejectReason {
            switch self {
            case .row(let reason): reason
            case .log(let fault): .form(fault)
            }
        }
    }

    private var reader: JSONReader
    /// The id, where it is not a member but the name of the object.
    private let key: String?
    private let line: Int
    private let offset: Int

    init(elements: JSONElements) {
        reader = JSONReader(elements.element)
        key = elements.key
        line = elements.line
        offset = elements.offset
    }

    mutating func event() throws(Fault) -> OCELEvent {
        var event = OCELEvent()
        event.line = line
        event.id = key ?? ""
        do throws(Problems) {
            for member in try reader.members() {
                var value = reader.at(member.start)
                switch member.name {
                case "id": event.id = try Self.text(&value)
                case "type", "ocel:activity": event.type = try Self.text(&value)
                case "time", "ocel:timestamp": event.time = try Self.text(&value)
                case "attributes": event.attributes = try Self.attributes(&value).map { ($0.name, $0.value) }
                case "ocel:vmap": event.attributes = try Self.members(&value)
                case "relationships": event.relations = try Self.relations(&value)
                case "ocel:omap":
                    try value.array { (element, _) throws(Problems) in
                        event.relations.append(OCELEvent.Relation(object: try Self.text(&element), qualifier: ""))
                    }
                default: break
                }
            }
        } catch {
            throw fault(error)
        }
        return event
    }

    mutating func object(into objects: OCELObjects) throws(Fault) {
        var id = key ?? ""
        var type = ""
        var values: [(name: String, time: String, value: String)] = []
        do throws(Problems) {
            for member in try reader.members() {
                var value = reader.at(member.start)
                switch member.name {
                case "id": id = try Self.text(&value)
                case "type", "ocel:type": type = try Self.text(&value)
                case "attributes": values = try Self.attributes(&value)
                case "ocel:ovmap": values = try Self.members(&value).map { ($0.name, "", $0.value) }
                default: break
                }
            }
        } catch {
            throw fault(error)
        }
        do throws(FormFault) {
            try objects.add(id, type: type)
            for value in values {
                try objects.addValue(of: id, value.name, OCELObjects.Value(time: value.time, value: value.value))
            }
        } catch {
            throw .log(error)
        }
    }

    private func fault(_ problems: Problems) -> Fault {
        switch problems.list.first?.code {
        case "depth": .row(.form(.tooDeep(JSONReader.maximumDepth)))
        case "encoding": .row(.encoding)
        default: .row(.form(.json(byte: offset + reader.index)))
        }
    }

    /// The value as text: a string's own, a number's and a list's as it is written; nothing for null.
    private static func text(_ reader: inout JSONReader) throws(Problems) -> String {
        switch reader.peek() {
        case .string: return try reader.string()
        case .null:
            try reader.null()
            return ""
        case .object, .array, .number, .boolean, nil:
            let start = reader.index
            try reader.skipValue()
            return String(decoding: reader.bytes[start..<reader.index], as: UTF8.self)
        }
    }

    private static func attributes(
        _ reader: inout JSONReader
    ) throws(Problems) -> [(name: String, time: String, value: String)] {
        var attributes: [(name: String, time: String, value: String)] = []
        try reader.array { (element, _) throws(Problems) in
            var (name, time, text) = ("", "", "")
            for member in try element.members() {
                var value = element.at(member.start)
                switch member.name {
                case "name": name = try Self.text(&value)
                case "time": time = try Self.text(&value)
                case "value": text = try Self.text(&value)
                default: break
                }
            }
            attributes.append((name, time, text))
        }
        return attributes
    }

    private static func relations(_ reader: inout JSONReader) throws(Problems) -> [OCELEvent.Relation] {
        var relations: [OCELEvent.Relation] = []
        try reader.array { (element, _) throws(Problems) in
            var (object, qualifier) = ("", "")
            for member in try element.members() {
                var value = element.at(member.start)
                switch member.name {
                case "objectId": object = try Self.text(&value)
                case "qualifier": qualifier = try Self.text(&value)
                default: break
                }
            }
            relations.append(OCELEvent.Relation(object: object, qualifier: qualifier))
        }
        return relations
    }

    private static func members(_ reader: inout JSONReader) throws(Problems) -> [(name: String, value: String)] {
        var members: [(name: String, value: String)] = []
        for member in try reader.members() {
            var value = reader.at(member.start)
            members.append((member.name, try text(&value)))
        }
        return members
    }
}
