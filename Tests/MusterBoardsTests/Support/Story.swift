import EventSourcing
import MusterDomain
import MusterTesting
import Records

/// Tells what happened in a town: each call adds one recorded event, dense and in order, as a log would hold it.
struct Story {
    private(set) var events: [RecordedEvent] = []
    private var versions: [StreamName: Int32] = [:]

    var facts: [Fact] {
        get throws { try events.map { try Fact($0) } }
    }

    /// A time of the evening of 21 November 2026 in the town, as "18:42:07".
    static func at(_ clock: String, day: Int = 21) -> Timestamp {
        Timestamp(rfc3339: "2026-11-\(day)T\(clock)+08:00") ?? Timestamp(microseconds: 0)
    }

    /// Events of every kind there is, in orders that no decider would allow.
    static func ofEveryKind() throws -> Story {
        var story = Story()
        let start = at("06:00:00")
        for (index, append) in try ReleasedEvents.appends(from: start).enumerated() {
            for write in append.writes {
                for event in write.events {
                    let learned = start + .seconds(60 * index)
                    story.append(append.occurredAt, event, write.stream, .system(in: "dq-02"), learned)
                }
            }
        }
        return story
    }

    /// When everyone looks at the boards.
    static let now = at("18:42:07")

    @discardableResult
    mutating func tell(
        _ time: Timestamp,
        _ event: MatterEvent,
        of matter: MatterID,
        by actor: Actor = .system(in: "dq-02"),
        learned: Timestamp? = nil
    ) -> Position {
        guard let new = MatterEvent.table.encode(event) else { return .origin }
        return append(time, new, Matter.stream(matter), actor, learned)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: AuthorityEvent, by actor: Actor = .administrator) -> Position {
        guard let new = AuthorityEvent.table.encode(event) else { return .origin }
        return append(time, new, Authority.stream, actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: TerritoryEvent) -> Position {
        guard let new = TerritoryEvent.table.encode(event) else { return .origin }
        return append(time, new, TerritoryRegister.stream, .administrator, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: GridWorkerEvent) -> Position {
        guard let new = GridWorkerEvent.table.encode(event) else { return .origin }
        return append(time, new, GridPost.stream(event.grid), .communityHead, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: HouseholdEvent, by actor: Actor = .gridWorker) -> Position {
        guard let new = HouseholdEvent.table.encode(event) else { return .origin }
        return append(time, new, HouseholdRegister.stream(event.building), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: ReportEvent, of report: ReportID, by actor: Actor) -> Position {
        guard let new = ReportEvent.table.encode(event) else { return .origin }
        return append(time, new, StreamName(category: "report", id: report.rawValue), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: InquiryEvent, of inquiry: InquiryID, by actor: Actor) -> Position {
        guard let new = InquiryEvent.table.encode(event) else { return .origin }
        return append(time, new, Inquiry.stream(inquiry), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: AppraisalEvent, of appraisal: AppraisalID) -> Position {
        guard let new = AppraisalEvent.table.encode(event) else { return .origin }
        return append(time, new, Appraisal.stream(appraisal), .street, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: NoticeEvent, by actor: Actor = .communityHead) -> Position {
        guard let new = NoticeEvent.table.encode(event) else { return .origin }
        return append(time, new, Notice.stream(event.notice), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: DirectiveEvent, by actor: Actor = .street) -> Position {
        guard let new = DirectiveEvent.table.encode(event) else { return .origin }
        return append(time, new, Directive.stream(event.directive), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: AddressedDirectiveEvent, by actor: Actor) -> Position {
        guard let new = AddressedDirectiveEvent.table.encode(event) else { return .origin }
        return append(time, new, AddressedDirective.stream(event.directive, event.addressee), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: IncidentEvent, by actor: Actor = .system(in: "dq-02")) -> Position {
        guard let new = IncidentEvent.table.encode(event) else { return .origin }
        return append(time, new, Incident.stream(event.incident), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: DataEvent, by actor: Actor = .street) -> Position {
        guard let new = DataEvent.table.encode(event) else { return .origin }
        return append(time, new, StreamName(category: "form", id: "sample"), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: DirectReportEvent, by actor: Actor = .gridWorker) -> Position {
        guard let new = DirectReportEvent.table.encode(event) else { return .origin }
        return append(time, new, StreamName(category: "direct", id: "sample"), actor, nil)
    }

    @discardableResult
    mutating func tell(_ time: Timestamp, _ event: DeskEvent, by actor: Actor = .system(in: "heyan")) -> Position {
        guard let new = DeskEvent.table.encode(event) else { return .origin }
        return append(time, new, StreamName(category: "desk", id: "sample"), actor, nil)
    }

    /// Somebody is erased.
    @discardableResult
    mutating func erase(_ person: PersonID, _ time: Timestamp) -> Position {
        let erased = PrivacyEvent.subjectKeyErased(SubjectKeyErased(person: person, ground: .request))
        guard let new = PrivacyEvent.table.encode(erased) else { return .origin }
        return append(time, new, PersonErasures.stream(person), .administrator, nil)
    }

    /// An event of a known type that nobody can read.
    mutating func garble(_ time: Timestamp, of matter: MatterID) {
        let new = NewEvent(type: EventType("WhistleBlown"), data: Array(#"{"matter": 7}"#.utf8))
        append(time, new, Matter.stream(matter), .system(in: "dq-02"), nil)
    }

    /// An event of a type that a later version writes.
    mutating func tellTheFuture(_ time: Timestamp, of matter: MatterID) {
        let new = NewEvent(type: EventType("WhistleHeardFromSpace", version: 3), data: Array("{}".utf8))
        append(time, new, Matter.stream(matter), .system(in: "dq-02"), nil)
    }

    @discardableResult
    private mutating func append(
        _ time: Timestamp,
        _ new: NewEvent,
        _ stream: StreamName,
        _ actor: Actor,
        _ learned: Timestamp?
    ) -> Position {
        let position = Position(Int64(events.count) + 1)
        let command = CommandID(
            UniqueID(high: 0x0193_88f2_6c1a_7000, low: 0x8000_0000_0000_0000 | UInt64(position.rawValue))
        )
        versions[stream, default: 0] += 1
        let recorded = max(learned ?? time, events.last?.recordedAt ?? time)
        events.append(
            RecordedEvent(
                position: position,
                stream: stream,
                version: StreamVersion(versions[stream, default: 0]),
                id: EventID(command: command, ordinal: 0),
                type: new.type,
                occurredAt: time,
                recordedAt: recorded,
                metadata: EventMetadata.record.encode(
                    EventMetadata(actor: actor, correlation: command, causation: nil)
                ),
                data: new.data
            )
        )
        return position
    }
}

extension Identifier: ExpressibleByStringLiteral {
    /// Keeps fixtures readable.
    public init(stringLiteral value: StaticString) { self.init(value) }
}

extension Actor {
    static let administrator = Actor(person: "admin", party: "muster", role: .administrator, territory: "heyan")
    static let communityHead = Actor(person: "head-dq", party: "dongqiao", role: .communityHead, territory: "dongqiao")
    static let gridWorker = Actor(person: "grid-dq02", party: "dongqiao", role: .gridWorker, territory: "dq-02")
    static let resident = Actor(person: "resident-7731", party: "residents", role: .resident, territory: "dq-02")
    static let street = Actor(person: "street-1", party: "heyan-street", role: .streetCoordinator, territory: "heyan")
    static let fire = Actor(person: "fire-2", party: "fire", role: .departmentOfficer, territory: "heyan")
    static let police = Actor(person: "police-4", party: "police", role: .departmentOfficer, territory: "heyan")
    static let gas = Actor(person: "gas-1", party: "gas", role: .departmentOfficer, territory: "heyan")
    static let property = Actor(person: "prop-1", party: "xinwei", role: .propertyManager, territory: "dq-02")
}
