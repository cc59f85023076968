/// How webhooks are delivered.
package struct WebhookConfiguration: Hashable, Sendable {
    /// From the first byte sent to the last byte read.
    package var timeout = Duration.seconds(10)
    /// Messages under way to one party at a time, from this process. What holds over all processes, exactly, is the limit
    /// of the party in the queue (`muster queue limit`).
    package var perParty = 4
    /// Messages under way in this process at a time.
    package var total = 64
    /// How often parties and their addresses are read again.
    package var directoryInterval = Duration.seconds(5)
    /// When a party that fails is left alone.
    var circuit = CircuitBreaker.Settings()
    /// How long the queue is waited for at a time.
    package var pollInterval = Duration.seconds(1)

    package init() {}

    /// A lease outlasts the longest exchange, so that nobody else sends the same meanwhile.
    var lease: Duration { timeout + .seconds(20) }
}
