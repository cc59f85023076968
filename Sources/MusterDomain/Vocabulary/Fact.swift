package import EventSourcing
package import Records

/// An event of any aggregate as boards and policies read it.
package struct Fact: Sendable {
    package let position: Position
    package let stream: StreamName
    package let version: StreamVersion
    package let id: EventID
    package let type: EventType
    package let origin: Origin
    package let event: AnyEvent

    package init(
        position: Position,
        stream: StreamName,
        version: StreamVersion,
        id: EventID,
        type: EventType,
        origin: Origin,
        event: AnyEvent
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.id = id
        self.type = type
        self.origin = origin
        self.event = event
    }

    /// Decodes what the log holds. A type that this build does not know becomes `.unknown`, so that older readers live
    /// through a rolling upgrade; known types that do not decode are thrown.
    package init(_ recorded: RecordedEvent) throws(Problems) {
        let metadata = try EventMetadata.record.decode(recorded.metadata)
        position = recorded.position
        stream = recorded.stream
        version = recorded.version
        id = recorded.id
        type = recorded.type
        origin = Origin(
            event: recorded.id,
            actor: metadata.actor,
            occurredAt: recorded.occurredAt,
            recordedAt: recorded.recordedAt,
            correlation: metadata.correlation,
            causation: metadata.causation
        )
        event = try AnyEvent(recorded)
    }
}

/// The events of all aggregates.
package enum AnyEvent: Hashable, Sendable {
    case authority(AuthorityEvent)
    case territory(TerritoryEvent)
    case gridWorker(GridWorkerEvent)
    case household(HouseholdEvent)
    case report(ReportEvent)
    case matter(MatterEvent)
    case inquiry(InquiryEvent)
    case notice(NoticeEvent)
    case appraisal(AppraisalEvent)
    case privacy(PrivacyEvent)
    case directive(DirectiveEvent)
    case addressedDirective(AddressedDirectiveEvent)
    case incident(IncidentEvent)
    case playbook(PlaybookEvent)
    case data(DataEvent)
    case directReport(DirectReportEvent)
    case desk(DeskEvent)
    /// Of a type that this build does not know.
    case unknown

    init(_ recorded: RecordedEvent) throws(Problems) {
        self = try Self.encodings[recorded.type]?.decode(recorded.data) ?? .unknown
    }

    /// Of all aggregates together, so that one look-up finds how an event is read.
    private static let encodings: [EventType: EventEncoding<AnyEvent>] = {
        var encodings: [EventType: EventEncoding<AnyEvent>] = [:]
        for kind in EventKind.all {
            for encoding in kind.encodings { encodings[encoding.type] = encoding }
        }
        return encodings
    }()
}
