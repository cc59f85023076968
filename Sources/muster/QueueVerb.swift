import ArgumentParser

/// What is done with the tasks of a log.
struct QueueVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "See what waits for agencies and what reached them, pause and limit them, send dead letters again.",
        subcommands: [
            QueueShow.self, QueueDeliveries.self, QueueDead.self, QueueResend.self, QueuePause.self, QueueResume.self,
            QueueLimitVerb.self, QueueSchedule.self,
        ],
        defaultSubcommand: QueueShow.self
    )
}
