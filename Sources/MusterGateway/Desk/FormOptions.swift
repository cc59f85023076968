import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// What a form lets people choose where a command asks for a name: what the register and the boards know.
struct FormOptions: Sendable {
    /// More than this nobody looks through; the first of the board are offered.
    private static let maximumMatters = 100

    let register: Register
    /// What is open, in the order of the operations board.
    let rows: [ClockRow]
    let actor: Actor
    let now: Timestamp

    /// The choices of a member; nil for what is typed.
    func options(of member: String, in command: String) -> [Schema.Option]? {
        let options: [Schema.Option] =
            switch (member, command) {
            case ("department", _), ("departments", _), ("replacement", _): parties { $0.kind == .department }
            case ("lead", _): [Self.firstReceiver] + parties { $0.kind == .department }
            case ("party", _): parties { _ in true }
            case ("territory", _), ("parent", _): territories
            case ("duty", _): duties
            case ("person", "AssignInvestigator"):
                people { [.gridWorker, .communityHead].contains($0.role) }
            case ("person", "EndAppointment"): people { _ in true }
            case ("task", "CompleteTask"): tasks
            // What has ended, or begins with the command, stands on no board.
            case ("matter", "ReopenMatter"), ("matter", "RaiseMatter"): []
            case ("matter", _): matters
            default: []
            }
        return options.isEmpty ? nil : options
    }

    private static let firstReceiver = Schema.Option(
        value: "first-receiver",
        words: Words("Whoever accepts first", zh: "首接负责")
    )

    private func parties(_ isWanted: (Party) -> Bool) -> [Schema.Option] {
        register.authority.parties.values.filter(isWanted).sorted { $0.id < $1.id }.map {
            Schema.Option(value: $0.id.rawValue, words: $0.words)
        }
    }

    private var territories: [Schema.Option] {
        register.territories.territories.values.filter { $0.level != .building && !$0.isRetired }
            .sorted { $0.id < $1.id }.map {
                Schema.Option(value: $0.id.rawValue, words: $0.words)
            }
    }

    private var duties: [Schema.Option] {
        (register.authority.list(at: now)?.duties ?? []).map {
            Schema.Option(value: $0.duty.rawValue, words: $0.words)
        }
    }

    /// Those who hold a wanted post in the sender's territory.
    private func people(_ isWanted: (Appointment) -> Bool) -> [Schema.Option] {
        register.authority.appointments.keys.sorted().compactMap { person in
            let posts = register.authority.posts(of: person, at: now)
            guard let post = posts.first(where: { isWanted($0) && covers($0.territory) }) else { return nil }
            let place = register.name(of: post.territory)
            return Schema.Option(
                value: person.rawValue,
                words: Words(
                    "\(person), \(post.role.words.en), \(place.en)",
                    zh: "\(person)，\(post.role.words.zh)，\(place.zh)"
                )
            )
        }
    }

    private var tasks: [Schema.Option] {
        rows.compactMap { row in
            guard let task = row.task, row.holder.party == actor.party else { return nil }
            return Schema.Option(value: task.rawValue, words: words(row))
        }
    }

    /// The open matters of the sender's territory, each once.
    private var matters: [Schema.Option] {
        var seen: Set<MatterID> = []
        return rows.filter { covers($0.territory) && seen.insert($0.matter).inserted }.prefix(Self.maximumMatters).map {
            Schema.Option(value: $0.matter.rawValue, words: words($0))
        }
    }

    private func words(_ row: ClockRow) -> Words {
        Words(
            "\(row.headline.en), \(row.place) (\(row.reference))",
            zh: "\(row.headline.zh)，\(row.place)（\(row.reference)）"
        )
    }

    private func covers(_ territory: TerritoryID) -> Bool {
        register.territories.contains(actor.territory, territory)
    }
}
