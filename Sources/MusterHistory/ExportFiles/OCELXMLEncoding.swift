/// OCEL 2.0 in XML.
///
/// The published XSD takes an attribute's name for one type of event alone: what several types have is written `TYPE.NAME`.
/// Relations are `object` elements with the type of what they lead to, as it wants them too.
final class OCELXMLEncoding: OCELEncoding {
    private let output: ExportOutput
    private let head: ExportHead
    private var shared: Set<String> = []

    init(_ output: ExportOutput, _ head: ExportHead) {
        self.output = output
        self.head = head
    }

    func begin(objectTypes: [String], eventTypes: [OCELEventType]) throws {
        var seen: Set<String> = []
        for attribute in eventTypes.flatMap(\.attributes) where !seen.insert(attribute.name).inserted {
            shared.insert(attribute.name)
        }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        for member in head.members {
            text += "<!-- \(member.name): \(Self.comment(member.value.text)) -->\n"
        }
        text += "<log>\n<object-types>\n"
        for type in objectTypes {
            text += "<object-type name=\"\(XMLEscape.attribute(type))\"><attributes/></object-type>\n"
        }
        text += "</object-types>\n<event-types>\n"
        for type in eventTypes {
            text += "<event-type name=\"\(XMLEscape.attribute(type.name))\"><attributes>"
            for attribute in type.attributes {
                let name = XMLEscape.attribute(self.name(attribute.name, of: type.name))
                text += "<attribute name=\"\(name)\" type=\"\(attribute.kind.rawValue)\"/>"
            }
            text += "</attributes></event-type>\n"
        }
        try output.write(text + "</event-types>\n<objects>\n")
    }

    func object(_ id: String, type: String) throws {
        try output.write(
            "<object id=\"\(XMLEscape.attribute(id))\" type=\"\(XMLEscape.attribute(type))\"><attributes/></object>\n"
        )
    }

    func beginEvents() throws { try output.write("</objects>\n<events>\n") }

    func event(_ item: ExportItem, _ attributes: [ExportAttribute]) throws {
        var text = "<event id=\"\(XMLEscape.attribute(item.id))\" type=\"\(XMLEscape.attribute(item.activity))\""
        text += " time=\"\(item.at.exported)\"><attributes>"
        for attribute in attributes {
            let name = XMLEscape.attribute(self.name(attribute.name, of: item.activity))
            text += "<attribute name=\"\(name)\">\(XMLEscape.content(attribute.value.text))</attribute>"
        }
        text += "</attributes><objects>"
        for reference in item.references {
            text += "<object object-id=\"\(XMLEscape.attribute(reference.object))\""
            text += " qualifier=\"\(XMLEscape.attribute(reference.qualifier))\""
            text += " type=\"\(XMLEscape.attribute(reference.type))\"/>"
        }
        try output.write(text + "</objects></event>\n")
    }

    func end() throws { try output.write("</events>\n</log>\n") }

    private func name(_ attribute: String, of type: String) -> String {
        shared.contains(attribute) ? "\(type).\(attribute)" : attribute
    }

    /// A comment may not hold two hyphens in a row.
    private static func comment(_ text: String) -> String {
        var text = XMLEscape.content(text)
        while text.contains("--") { text = text.replacing("--", with: "- -") }
        return text
    }
}
