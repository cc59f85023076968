import EventSourcing
import TaskQueue

/// Deliveries as the terminal shows them, the newest last.
enum DeliveryText {
    static func table(_ report: DeliveryReport) -> String {
        var lines = report.deliveries.isEmpty ? ["No deliveries."] : []
        if !report.deliveries.isEmpty {
            lines += QueueText.grid([header] + report.deliveries.reversed().map(cells), numbers: 2...6)
        }
        for delivery in report.open {
            guard let circuit = delivery.circuit else { continue }
            lines.append(
                "\(delivery.agency) is not asked since \(circuit.since.rfc3339): \(delivery.note ?? "it fails"). "
                    + "One task is tried after \(circuit.probeAt.rfc3339)."
            )
        }
        return lines.joined(separator: "\n")
    }

    private static let header = [
        "started", "agency", "task", "attempt", "status", "took", "bytes", "outcome", "webhook-id", "note",
    ]

    private static func cells(_ delivery: Delivery) -> [String] {
        [
            delivery.startedAt.rfc3339, delivery.agency, "\(delivery.task)", "\(delivery.attempt)",
            delivery.status.map { "\($0)" } ?? "–", QueueText.seconds(delivery.duration / .seconds(1)),
            "\(delivery.answerBytes)", delivery.outcome.rawValue, delivery.message, delivery.note ?? "",
        ]
    }
}
