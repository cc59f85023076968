import ArgumentParser

/// What is done with the tasks of a log.
struct QueueVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "See what waits for which agency, pause and limit agencies, and send dead letters again.",
        subcommands: [
            QueueShow.self, QueueDead.self, QueueResend.self, QueuePause.self, QueueResume.self, QueueLimitVerb.self,
            QueueSchedule.self,
        ],
        defaultSubcommand: QueueShow.self
    )
}
