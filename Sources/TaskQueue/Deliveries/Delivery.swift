package import EventSourcing

/// One attempt to bring a task to an agency's own system, as it is kept for people who ask what became of it.
///
/// Nothing of what was sent is in it, nor where it was sent to: addresses may hold secrets.
package struct Delivery: Hashable, Sendable {
    package enum Outcome: String, Hashable, Sendable {
        /// The agency has it.
        case delivered
        /// It is tried again later; the attempt counts.
        case failed
        /// It was the agency that failed, not the task: tried again when the agency is asked again, and the attempt does
        /// not count.
        case returned
        /// Trying again cannot help: a dead letter.
        case buried
        /// What came of it could not be written down: it is sent again, under the same message id.
        case unrecorded
    }

    /// An agency that is not asked for a while, because it failed too often or said so.
    package struct OpenCircuit: Hashable, Sendable {
        package let since: Timestamp
        /// When one task is tried.
        package let probeAt: Timestamp

        package init(since: Timestamp, probeAt: Timestamp) {
            self.since = since
            self.probeAt = probeAt
        }
    }

    package let agency: String
    package let task: TaskNumber
    /// How the agency knows the task; the same at each attempt.
    package let message: String
    /// 1 for the first; the same again after an attempt that did not count.
    package let attempt: Int32
    package let startedAt: Timestamp
    package let duration: Duration
    /// Of the answer; nil when there was none.
    package let status: Int?
    /// How much of the answer was read.
    package let answerBytes: Int
    package let outcome: Outcome
    /// What went wrong, or was odd, in words.
    package let note: String?
    /// How the agency stands with the sender after this attempt; nil when it is asked as ever.
    package let circuit: OpenCircuit?

    package init(
        of task: LeasedTask,
        message: String,
        startedAt: Timestamp,
        duration: Duration,
        status: Int?,
        answerBytes: Int,
        outcome: Outcome,
        note: String?,
        circuit: OpenCircuit?
    ) {
        self.init(
            agency: task.agency,
            task: task.grant.task,
            message: message,
            attempt: task.attempt,
            startedAt: startedAt,
            duration: duration,
            status: status,
            answerBytes: answerBytes,
            outcome: outcome,
            note: note,
            circuit: circuit
        )
    }

    init(
        agency: String,
        task: TaskNumber,
        message: String,
        attempt: Int32,
        startedAt: Timestamp,
        duration: Duration,
        status: Int?,
        answerBytes: Int,
        outcome: Outcome,
        note: String?,
        circuit: OpenCircuit?
    ) {
        self.agency = agency
        self.task = task
        self.message = message
        self.attempt = attempt
        self.startedAt = startedAt
        self.duration = duration
        self.status = status
        self.answerBytes = answerBytes
        self.outcome = outcome
        self.note = note
        self.circuit = circuit
    }
}
