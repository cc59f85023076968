import EventSourcing
import MusterDomain

/// What begins in the town by itself, beside what residents report.
extension TownStory {
    func begin(_ beginnings: TownBeginnings, hasIncident: Bool, at now: Timestamp) -> [TownCommand?] {
        func isDue(_ kind: TownBeginnings.Kind, hours: Double) -> Bool {
            beginnings.isDue(kind, every: .seconds(hours * 3_600), at: now)
        }
        return [
            isDue(beginnings.incidents, hours: 4) && !hasIncident
                ? suspicion(beginnings.incidents.count, at: now) : nil,
            isDue(beginnings.directives, hours: 6) ? directive(beginnings.directives.count, at: now) : nil,
            isDue(beginnings.forms, hours: 1.5) ? form(beginnings.forms.count, at: now) : nil,
            isDue(beginnings.directReports, hours: 4) ? directReport(beginnings.directReports.count) : nil,
            isDue(beginnings.measures, hours: 3) ? measure(beginnings.measures.count, at: now) : nil,
            isDue(beginnings.assets, hours: 5) ? asset(beginnings.assets.count, at: now) : nil,
            isDue(beginnings.inquiries, hours: 3) ? inquiry(beginnings.inquiries.count) : nil,
            isDue(beginnings.notices, hours: 3) ? notice(beginnings.notices.count) : nil,
            hangUp(beginnings, at: now),
        ]
    }
}
