import TaskQueue

/// The last webhooks, as the queue's page shows them.
struct QueueDeliveries: Sendable {
    /// The newest first.
    let deliveries: [Delivery]
    /// The last delivery of each party that is not called for now.
    let open: [Delivery]

    /// Since when a party is not called, as its last delivery says; nil while it is.
    func circuit(of agency: String) -> Delivery.OpenCircuit? { open.first { $0.agency == agency }?.circuit }
}
