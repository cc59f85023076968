/// The paths by which the task queue is run.
extension OpenAPIDocument {
    private static let refusals: [(status: Int, meaning: String, type: String)] = [
        (401, "No token.", problem), (403, "This actor does not run the queue.", problem),
        (503, "The queue cannot be reached, or the boards are being built.", problem),
    ]
    private static let number = (name: "number", place: "path", description: "The task's number.")

    static let queuePaths: [OpenAPIPath] = [
        OpenAPIPath(
            path: "/v1/queue",
            operations: [
                .init(
                    method: "get",
                    id: "readQueue",
                    summary: """
                        How the task queue stands, by agency and by kind: what waits, since when, what is with workers and \
                        what was done within the hour; the limits; who hands out. Without `reportedAt` nobody does, and it \
                        is not known what waits.
                        """,
                    answers: [(200, "The standing.", data)] + refusals,
                    needsToken: true
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/queue/schedules",
            operations: [
                .init(
                    method: "get",
                    id: "listSchedules",
                    summary: "The tasks that are enqueued again and again, and when each comes next.",
                    answers: [(200, "The schedules.", data)] + refusals,
                    needsToken: true
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/queue/dead",
            operations: [
                .init(
                    method: "get",
                    id: "listDeadLetters",
                    summary: "Tasks that were given up, by number, without what they hold.",
                    parameters: [
                        ("agency", "query", "Only those of this agency."),
                        ("after", "query", "Only those after this number: `after` of the page before."),
                        ("limit", "query", "At most so many: 1 to 100, else 50."),
                    ],
                    answers: [
                        (200, "The letters; `after` is null on the last page.", data),
                        (400, "A number that is none.", problem),
                    ] + refusals,
                    needsToken: true
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/queue/dead/{number}",
            operations: [
                .init(
                    method: "get",
                    id: "readDeadLetter",
                    summary: "One task that was given up, with its payload.",
                    parameters: [number],
                    answers: [(200, "The letter.", data), (404, "The task is no dead letter.", problem)] + refusals,
                    needsToken: true
                )
            ]
        ),
        OpenAPIPath(
            path: "/v1/queue/dead/{number}/resend",
            operations: [
                .init(
                    method: "post",
                    id: "resendDeadLetter",
                    summary: """
                        Makes a new task of a dead letter, due at once and with all its attempts. The body may be empty, or \
                        hold a `payload` that takes the place of the old one.
                        """,
                    body: [(data, nil)],
                    parameters: [number],
                    answers: [
                        (200, "The number of the new `task`.", data), (400, "Not as described.", problem),
                        (404, "The task is no dead letter, or no more.", problem),
                        (413, "The payload is larger than a task's may be.", problem),
                        (415, "Another content type.", problem), (422, "The payload can be no task's.", problem),
                    ] + refusals,
                    needsToken: true,
                    isBodyOptional: true
                )
            ]
        ),
        pausing(
            "pause",
            "pauseAgency",
            "Hands out no more tasks of an agency. What it has may be ended; what comes waits."
        ),
        pausing("resume", "resumeAgency", "Hands out the tasks of an agency again, by priority and age."),
        OpenAPIPath(
            path: "/v1/queue/limits",
            operations: [
                .init(
                    method: "put",
                    id: "setQueueLimit",
                    summary: """
                        Sets how many tasks of an agency, or of one kind of them, are with workers at a time and start in a \
                        time. Without both the wider limit holds. What is paused stays so.
                        """,
                    body: [(data, "LimitRequest")],
                    answers: [
                        (200, "All limits.", data), (400, "Not as described.", problem),
                        (404, "There is no such agency.", problem), (413, "Too large.", problem),
                        (415, "Another content type.", problem),
                    ] + refusals,
                    needsToken: true
                )
            ]
        ),
    ]

    private static func pausing(_ verb: String, _ id: String, _ summary: String) -> OpenAPIPath {
        OpenAPIPath(
            path: "/v1/queue/agencies/{agency}/\(verb)",
            operations: [
                .init(
                    method: "post",
                    id: id,
                    summary: summary,
                    parameters: [("agency", "path", "The agency's name.")],
                    answers: [
                        (200, "It is so now, if it was not before.", data), (404, "There is no such agency.", problem),
                    ] + refusals,
                    needsToken: true
                )
            ]
        )
    }
}
