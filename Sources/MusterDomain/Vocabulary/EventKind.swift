package import EventSourcing
package import Records

/// A kind of event of any aggregate, for readers of all of them.
package struct EventKind: Sendable {
    package let words: Words
    /// Whose its personal fields are.
    package let subject: PersonalSubject
    /// Every version that is read, the one that is written first.
    package let encodings: [EventEncoding<AnyEvent>]

    /// The kinds of all aggregates. An aggregate's table is named here and nowhere else.
    package static let all: [EventKind] = [
        AuthorityEvent.table.kinds(as: AnyEvent.authority),
        TerritoryEvent.table.kinds(as: AnyEvent.territory),
        GridWorkerEvent.table.kinds(as: AnyEvent.gridWorker),
        HouseholdEvent.table.kinds(as: AnyEvent.household),
        ReportEvent.table.kinds(as: AnyEvent.report),
        MatterEvent.table.kinds(as: AnyEvent.matter),
        InquiryEvent.table.kinds(as: AnyEvent.inquiry),
        NoticeEvent.table.kinds(as: AnyEvent.notice),
        AppraisalEvent.table.kinds(as: AnyEvent.appraisal),
        PrivacyEvent.table.kinds(as: AnyEvent.privacy),
        DirectiveEvent.table.kinds(as: AnyEvent.directive),
        AddressedDirectiveEvent.table.kinds(as: AnyEvent.addressedDirective),
        IncidentEvent.table.kinds(as: AnyEvent.incident),
        PlaybookEvent.table.kinds(as: AnyEvent.playbook),
        DataEvent.table.kinds(as: AnyEvent.data),
        DirectReportEvent.table.kinds(as: AnyEvent.directReport),
        DeskEvent.table.kinds(as: AnyEvent.desk),
    ].flatMap(\.self)

    private static let byType: [EventType: EventKind] = {
        var byType: [EventType: EventKind] = [:]
        for kind in all {
            for encoding in kind.encodings { byType[encoding.type] = kind }
        }
        return byType
    }()

    /// The kind that a type is a version of; nil for one that this build does not know.
    package static func of(_ type: EventType) -> EventKind? { byType[type] }
}

extension EventTable {
    fileprivate func kinds(as wrap: @escaping @Sendable (Event) -> AnyEvent) -> [EventKind] {
        descriptions.map { description in
            EventKind(
                words: description.words,
                subject: description.subject,
                encodings: description.encodings.map { $0.map(wrap) }
            )
        }
    }
}
