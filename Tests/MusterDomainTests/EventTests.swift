import EventSourcing
import MusterDomain
import Records
import Testing

/// Every event can be stored and read back, under its own name.
@Suite struct EventTests {
    @Test("Decoding what was encoded gives the same event", arguments: Samples.matter)
    func matter(event: MatterEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of authority", arguments: Samples.authority)
    func authority(event: AuthorityEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a report", arguments: Samples.report)
    func report(event: ReportEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of the territories", arguments: Samples.territory)
    func territory(event: TerritoryEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a grid's workers", arguments: Samples.gridWorker)
    func gridWorker(event: GridWorkerEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of households", arguments: Samples.household)
    func household(event: HouseholdEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of privacy", arguments: Samples.privacy)
    func privacy(event: PrivacyEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of an inquiry", arguments: Samples.inquiry)
    func inquiry(event: InquiryEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of an appraisal", arguments: Samples.appraisal)
    func appraisal(event: AppraisalEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a notice", arguments: Samples.notice)
    func notice(event: NoticeEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a directive", arguments: Samples.directive)
    func directive(event: DirectiveEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of an addressee", arguments: Samples.addressedDirective)
    func addressedDirective(event: AddressedDirectiveEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of an incident", arguments: Samples.incident)
    func incident(event: IncidentEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a playbook", arguments: Samples.playbook)
    func playbook(event: PlaybookEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of figures", arguments: Samples.data)
    func data(event: DataEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a direct report", arguments: Samples.directReport)
    func directReport(event: DirectReportEvent) throws { try roundTrip(event) }

    @Test("Decoding what was encoded gives the same event of a desk", arguments: Samples.desk)
    func desk(event: DeskEvent) throws { try roundTrip(event) }

    @Test("Each kind of event has a sample and a place in its table")
    func tables() {
        #expect(types(Samples.matter) == Set(MatterEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.authority) == Set(AuthorityEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.report) == Set(ReportEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.territory) == Set(TerritoryEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.gridWorker) == Set(GridWorkerEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.household) == Set(HouseholdEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.inquiry) == Set(InquiryEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.appraisal) == Set(AppraisalEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.notice) == Set(NoticeEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.privacy) == Set(PrivacyEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.directive) == Set(DirectiveEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.addressedDirective) == Set(AddressedDirectiveEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.incident) == Set(IncidentEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.playbook) == Set(PlaybookEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.data) == Set(DataEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.directReport) == Set(DirectReportEvent.table.descriptions.map(\.type)))
        #expect(types(Samples.desk) == Set(DeskEvent.table.descriptions.map(\.type)))
    }

    @Test("No two kinds of event share a name and version, old ones included")
    func names() {
        let names = EventKind.all.flatMap { $0.encodings.map(\.type) }
        #expect(Set(names).count == names.count)
    }

    @Test("A member that a newer writer added is passed over")
    func newerWriter() throws {
        let data = Array(#"{"matter":"M-1","text":"Solved.","photo":"abc"}"#.utf8)
        let event = try MatterEvent.table.decode(EventType("MatterResolvedLocally"), data)
        #expect(event == .resolvedLocally(MatterResolvedLocally(matter: "M-1", text: "Solved.")))
    }

    @Test("A kind that this build does not know is told apart from a broken one")
    func unknownKind() throws {
        #expect(try MatterEvent.table.decode(EventType("MatterTeleported"), Array("{}".utf8)) == nil)
        #expect(throws: Problems.self) { try MatterEvent.table.decode(EventType("MatterClosed"), Array("{}".utf8)) }
    }

    private func roundTrip<Event: DomainEvent>(_ event: Event) throws {
        let stored = try #require(Event.table.encode(event))
        #expect(try Event.table.decode(stored.type, stored.data) == event)
    }

    private func types<Event: DomainEvent>(_ events: [Event]) -> Set<EventType> {
        Set(events.compactMap { Event.table.encode($0)?.type })
    }
}
