import EventSourcing
package import Postgres
import Records

/// What became of the last attempts to bring tasks to agencies' own systems.
package struct DeliveryReport: Hashable, Sendable {
    /// The most that a report holds.
    package static let maximumDeliveries = 1_000

    /// The newest first.
    package let deliveries: [Delivery]
    /// The last delivery of each agency that is not asked for now, by agency.
    package let open: [Delivery]

    /// The report as JSON text:
    /// `{"deliveries":[{"agency","task","message","attempt","startedAt","seconds","status","answerBytes","outcome","note"}],"circuits":[{"agency","openSince","probeAt","error"}]}`.
    package var json: [UInt8] {
        var writer = JSONWriter(capacity: 256 * (deliveries.count + open.count + 1))
        writer.beginObject()
        writer.name("deliveries")
        writer.beginArray()
        for delivery in deliveries { delivery.write(to: &writer) }
        writer.endArray()
        writer.name("circuits")
        writer.beginArray()
        for delivery in open {
            guard let circuit = delivery.circuit else { continue }
            writer.beginObject()
            writer.member("agency", delivery.agency)
            writer.member("openSince", circuit.since.rfc3339)
            writer.member("probeAt", circuit.probeAt.rfc3339)
            writer.optional("error", delivery.note)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension Queue {
    /// The last deliveries, as far as they are kept.
    ///
    /// - Parameters:
    ///   - agency: nil for those to all.
    ///   - onlyFailed: leaves out those that arrived.
    ///   - limit: 1 to `DeliveryReport.maximumDeliveries`.
    package func deliveries(
        to agency: String? = nil,
        onlyFailed: Bool = false,
        limit: Int
    ) async throws(PostgresError) -> DeliveryReport {
        let limit = Int32(clamping: min(max(limit, 1), DeliveryReport.maximumDeliveries))
        let rows: Rows
        if let agency {
            let statement = onlyFailed ? DeliverySQL.failedOfAgency : DeliverySQL.ofAgency
            rows = try await pool.query(statement, limit, agency)
        } else {
            rows = try await pool.query(onlyFailed ? DeliverySQL.failed : DeliverySQL.all, limit)
        }
        var deliveries: [Delivery] = []
        for row in rows { deliveries.append(try Delivery(row)) }
        return DeliveryReport(deliveries: deliveries, open: try await openCircuits(of: agency))
    }

    /// The last delivery of each agency that is not asked for now, by agency.
    ///
    /// - Parameter agency: nil for those of all.
    package func openCircuits(of agency: String? = nil) async throws(PostgresError) -> [Delivery] {
        var open: [Delivery] = []
        for row in try await pool.query(DeliverySQL.circuits, agency) { open.append(try Delivery(row)) }
        return open
    }
}

extension Delivery {
    fileprivate init(_ row: Row) throws(PostgresError) {
        let since = try row.value(10, as: PostgresTimestamp?.self)
        let probeAt = try row.value(11, as: PostgresTimestamp?.self)
        var circuit: OpenCircuit?
        if let since, let probeAt { circuit = OpenCircuit(since: .init(since), probeAt: .init(probeAt)) }
        self.init(
            agency: try row.value(0, as: String.self),
            task: TaskNumber(try row.value(1, as: Int64.self)),
            message: try row.value(2, as: String.self),
            attempt: try row.value(3, as: Int32.self),
            startedAt: .init(try row.value(4, as: PostgresTimestamp.self)),
            duration: .microseconds(try row.value(5, as: Int64.self)),
            status: try row.value(6, as: Int16?.self).map(Int.init),
            answerBytes: Int(try row.value(7, as: Int64.self)),
            // The table has no others.
            outcome: Outcome(rawValue: try row.value(8, as: String.self)) ?? .unrecorded,
            note: try row.value(9, as: String?.self),
            circuit: circuit
        )
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("agency", agency)
        writer.name("task")
        writer.integer(task.rawValue)
        writer.member("message", message)
        writer.name("attempt")
        writer.integer(attempt)
        writer.member("startedAt", startedAt.rfc3339)
        writer.name("seconds")
        writer.number(duration.inSeconds)
        writer.name("status")
        if let status { writer.integer(status) } else { writer.null() }
        writer.name("answerBytes")
        writer.integer(answerBytes)
        writer.member("outcome", outcome.rawValue)
        writer.optional("note", note)
        writer.endObject()
    }
}
