import EventSourcing
import Records

/// Makes the activities of cases from events: one of an event of Muster's own, and of an imported row its activity or one
/// of each of its stages.
final class ItemMaker {
    private let catalogue: ExportCatalogue

    init(catalogue: ExportCatalogue) { self.catalogue = catalogue }

    /// Empty for what is no activity: the frame of an import, and a row that a later revision has replaced.
    func items(of event: CleanEvent) throws -> [ExportItem] {
        do throws(Problems) {
            switch event.type {
            case ImportEventType.started, ImportEventType.finished: return []
            case ImportEventType.row: return try rows(event)
            default: return [try own(event)]
            }
        } catch {
            throw ExportFileError.unreadable(position: event.position)
        }
    }

    // MARK: Imports

    private func rows(_ event: CleanEvent) throws(Problems) -> [ExportItem] {
        let row = try RowContents(event.data)
        guard catalogue.isCurrent(row) else { return [] }
        let shape = catalogue.shape(of: row.mapping)
        var item = ExportItem(
            id: event.id,
            position: event.position,
            category: event.category,
            caseID: event.streamID,
            activity: row.activity ?? "",
            at: event.occurredAt,
            recordedAt: event.recordedAt
        )
        item.started = row.started
        item.source = row.source
        item.sourceRow = row.row
        item.key = row.key
        for (name, value) in row.attributes {
            let typed = shape.times.contains(name) ? value.asTime : value
            if name == shape.roles.agency { item.agency = value.text }
            if name == shape.roles.resource { item.resource = value.text }
            item.take(ExportAttribute(name: name, value: typed), ofCase: shape.isOfCase(name))
        }
        // Times beside an activity are no steps of their own; they say when the case was ended, and the like.
        for stage in row.stages where row.activity != nil {
            item.take(ExportAttribute(name: stage.name, value: .time(stage.at)), ofCase: shape.isOfCase(stage.name))
        }
        item.references = [
            ExportReference(type: ExportObjects.importedCase, id: event.streamID, qualifier: "case")
        ]
        if let agency = item.agency {
            item.references.append(ExportReference(type: "agency", id: agency, qualifier: "agency"))
        }
        if let resource = item.resource {
            item.references.append(ExportReference(type: "resource", id: resource, qualifier: "resource"))
        }
        guard row.activity == nil, !row.stages.isEmpty else {
            return [row.activity == nil ? item.named("row", at: event.occurredAt) : item]
        }
        var items = row.stages.map { stage in
            var staged = item.named(stage.name, at: stage.at)
            staged.id = "\(event.id)/\(stage.name)"
            return staged
        }
        for index in items.indices { items[index].isFirst = index == 0 }
        return items
    }

    // MARK: Muster's own events

    private func own(_ event: CleanEvent) throws(Problems) -> ExportItem {
        var item = ExportItem(
            id: event.id,
            position: event.position,
            category: event.category,
            caseID: event.streamID,
            activity: event.type.name,
            at: event.occurredAt,
            recordedAt: event.recordedAt
        )
        item.resource = event.person
        item.agency = event.party
        item.role = event.role
        item.territory = event.territory
        if let type = ExportObjects.typeByCategory[event.category] {
            item.relate(ExportReference(type: type, id: event.streamID, qualifier: "of"))
        }
        if let person = event.person, event.role != "system" {
            item.relate(ExportReference(type: ExportObjects.person, id: person, qualifier: "by"))
        }
        if let party = event.party {
            item.relate(ExportReference(type: ExportObjects.party, id: party, qualifier: "for"))
        }
        if let territory = event.territory {
            item.relate(ExportReference(type: ExportObjects.territory, id: territory, qualifier: "in"))
        }
        let fields = EventFields.of(event.type)
        var reader = JSONReader(event.data)
        for member in try reader.members() {
            try take(reader.at(member.start), member.name, fields?.members[member.name], into: &item)
        }
        return item
    }

    /// Takes in a member: an object's members one by one under its name, a list as a whole.
    private func take(
        _ reader: JSONReader,
        _ name: String,
        _ node: EventFields.Node?,
        into item: inout ExportItem
    ) throws(Problems) {
        var reader = reader
        switch reader.peek() {
        case .object:
            for member in try reader.members() {
                try take(
                    reader.at(member.start),
                    "\(name).\(member.name)",
                    node?.members[member.name],
                    into: &item
                )
            }
        case .array:
            guard let value = try ExportValue(reader) else { return }
            item.attributes.append(ExportAttribute(name: name, value: value, isReference: node?.kind != nil))
            try relate(reader, name, node, to: &item)
        default:
            guard let value = try ExportValue(reader) else { return }
            switch node?.kind {
            case .name:
                item.attributes.append(ExportAttribute(name: name, value: value, isReference: true))
                try relate(reader, name, node, to: &item)
            case .time: item.attributes.append(ExportAttribute(name: name, value: value.asTime))
            case nil: item.attributes.append(ExportAttribute(name: name, value: value))
            }
        }
    }

    /// Notes everything that is named in a value.
    private func relate(
        _ source: JSONReader,
        _ name: String,
        _ node: EventFields.Node?,
        to item: inout ExportItem
    ) throws(Problems) {
        guard let node else { return }
        var reader = source
        switch reader.peek() {
        case .string:
            guard case .name(let type) = node.kind else { return }
            item.relate(ExportReference(type: type, id: try reader.string(), qualifier: name))
        case .array:
            try reader.array { (element, _) throws(Problems) in
                try relate(element, name, node, to: &item)
                try element.skipValue()
            }
        case .object:
            for member in try reader.members() {
                try relate(
                    reader.at(member.start),
                    "\(name).\(member.name)",
                    node.members[member.name],
                    to: &item
                )
            }
        case .boolean, .number, .null, nil: break
        }
    }
}

extension ExportItem {
    fileprivate mutating func take(_ attribute: ExportAttribute, ofCase: Bool) {
        if ofCase { caseAttributes.append(attribute) } else { attributes.append(attribute) }
    }

    /// Adds a relation unless it is there; what the event's own stream is about is not said a second time.
    fileprivate mutating func relate(_ reference: ExportReference) {
        let isKnown = references.contains {
            $0 == reference || $0.qualifier == "of" && $0.type == reference.type && $0.id == reference.id
        }
        if !isKnown { references.append(reference) }
    }

    fileprivate func named(_ activity: String, at time: Timestamp) -> ExportItem {
        var item = self
        item.activity = activity
        item.at = time
        return item
    }
}

extension ExportValue {
    /// The time that a text says; the text itself when it says none.
    fileprivate var asTime: ExportValue {
        if case .text(let text) = self, let time = Timestamp(rfc3339: text) { .time(time) } else { self }
    }
}
