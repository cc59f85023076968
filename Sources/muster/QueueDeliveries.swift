import ArgumentParser
import Logging
import MusterRuntime
import TaskQueue

/// Shows what became of attempts to bring tasks to agencies' own systems.
struct QueueDeliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "Show the last webhooks: what each agency answered, and which agencies are not asked for now.",
        discussion: """
            An agency whose system fails again and again is left alone: its circuit is open. Its tasks wait, no attempt of \
            theirs is used up, and now and then one is tried. The first answer closes the circuit.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Argument(help: "Only those to this agency.")
    var agency: String?

    @Flag(help: "Only those that did not arrive.")
    var failed = false

    @Option(help: "At most so many: 1 to \(DeliveryReport.maximumDeliveries).")
    var limit = 50

    @Flag(help: "As JSON.")
    var json = false

    func validate() throws {
        guard (1...DeliveryReport.maximumDeliveries).contains(limit) else {
            throw ValidationError("--limit is 1 to \(DeliveryReport.maximumDeliveries), not \(limit)")
        }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let (agency, failed, limit) = (agency, failed, limit)
        let report = try await QueueVerbs(access: database.access, log: LogOptions.check(log)).withQueue {
            try await $0.deliveries(to: agency, onlyFailed: failed, limit: limit)
        }
        print(json ? String(decoding: report.json, as: UTF8.self) : DeliveryText.table(report))
    }
}
