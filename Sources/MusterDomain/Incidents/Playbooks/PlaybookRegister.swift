package import EventSourcing

/// The playbooks that were published, in all their versions: a reopened incident and an activation may name an old one.
package struct PlaybookRegister: Aggregate {
    package static let stream = StreamName("playbooks")
    /// More versions than this of all playbooks together are refused.
    static let maximumVersions = 2_000

    private var versions: [PlaybookID: [Int: Playbook]] = [:]
    private var newest: [PlaybookID: Int] = [:]
    /// The playbook of each kind of incident that was published last.
    private var latest: [IncidentKindID: PlaybookID] = [:]
    package private(set) var count = 0

    package init() {}

    package mutating func evolve(_ event: PlaybookEvent, from origin: Origin) {
        switch event {
        case .published(let payload):
            let playbook = payload.playbook
            versions[playbook.playbook, default: [:]][playbook.version] = playbook
            newest[playbook.playbook] = max(playbook.version, newest[playbook.playbook] ?? 0)
            latest[playbook.kind] = playbook.playbook
            count += 1
        }
    }

    package func playbook(_ id: PlaybookID, version: Int) -> Playbook? { versions[id]?[version] }

    package func newest(of id: PlaybookID) -> Playbook? {
        newest[id].flatMap { versions[id]?[$0] }
    }

    /// The playbook that was published last for a kind of incident; nil when there is none.
    package func latest(for kind: IncidentKindID) -> Playbook? { latest[kind].flatMap(newest(of:)) }

    /// The newest version of each, by identifier.
    package var all: [Playbook] { newest.keys.sorted().compactMap(newest(of:)) }
}
