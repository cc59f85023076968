import ArgumentParser
import EventSourcing
import Foundation
import Logging
import MusterRuntime
import TaskQueue

/// Sets, ends and lists the schedules of a queue.
struct QueueSchedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule",
        abstract: "Enqueue a task again and again; without a name, list what is scheduled.",
        discussion: """
            The time table has the five fields of crontab(5): minute, hour, day of the month, month, weekday. For example \
            every weekday at half past seven:

            muster queue schedule morning-report --cron '30 7 * * mon-fri' --agency street --kind report --payload '{}'

            Times that pass while nothing runs are made up for once.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Argument(help: "The schedule's name.")
    var name: String?

    @Option(help: "The time table.")
    var cron: String?

    @Option(help: "By the clocks of this time zone.")
    var zone = "Asia/Shanghai"

    @Option(help: "For which agency.")
    var agency: String?

    @Option(help: "The kind of the task.")
    var kind: String?

    @Option(help: "-100 to 100; higher comes first.")
    var priority: Int16 = 0

    @Option(help: "What the task holds, as JSON.")
    var payload = "{}"

    @Flag(help: "End the schedule. What it has enqueued stays.")
    var remove = false

    func validate() throws {
        guard name != nil else {
            guard cron == nil, !remove else { throw ValidationError("give the name of the schedule") }
            return
        }
        guard !remove else { return }
        guard cron != nil, agency != nil, kind != nil else {
            throw ValidationError("a schedule needs --cron, --agency and --kind")
        }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let verbs = QueueVerbs(access: database.access, log: try LogOptions.check(log))
        guard let name else { return try await list(verbs) }
        if remove {
            guard try await verbs.withQueue({ try await $0.removeSchedule(name) }) else {
                throw ValidationError("there is no schedule '\(name)'; 'muster queue schedule' lists them")
            }
            return print("\(name) is scheduled no more.")
        }
        let schedule: Schedule
        do {
            schedule = try Schedule(
                name: name,
                cron: cron ?? "",
                zone: zone,
                agency: agency ?? "",
                kind: kind ?? "",
                priority: priority,
                payload: payload,
                lastDue: .now()
            )
        } catch {
            throw ValidationError("\(error)")
        }
        try await verbs.withQueue { try await $0.setSchedule(schedule) }
        print(Self.line(schedule))
    }

    private func list(_ verbs: QueueVerbs) async throws {
        let schedules = try await verbs.withQueue { try await $0.schedules() }
        if schedules.isEmpty { print("Nothing is scheduled.") }
        for schedule in schedules { print(Self.line(schedule)) }
    }

    private static func line(_ schedule: Schedule) -> String {
        "\(schedule.name): \(schedule.cron.text) (\(schedule.zone.identifier)), \(schedule.kind) for \(schedule.agency), "
            + "next at \(schedule.nextDue?.rfc3339 ?? "no time")"
    }
}
