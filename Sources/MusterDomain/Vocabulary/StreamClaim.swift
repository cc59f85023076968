package import EventSourcing

/// A stream of one event that a command begins together with its own: whoever comes second is refused, whatever both
/// of them knew. So two commands for streams of different names can still not both take what there is only once, as the
/// incident of one person and day.
package struct StreamClaim<Event: DomainEvent>: Sendable {
    /// Named for what is taken.
    package let stream: StreamName
    /// What the stream begins with; it says who took it.
    package let event: Event
    /// What the second one hears.
    package let refusal: Rejection

    package init(stream: StreamName, event: Event, refusal: Rejection) {
        self.stream = stream
        self.event = event
        self.refusal = refusal
    }
}
