import EventSourcing

@testable import EventLog

/// Tickets of nobody: their answers go nowhere.
func tickets(_ appends: [Append]) -> [AppendTicket] {
    let request = AppendRequest(count: appends.count, nil)
    return appends.enumerated().map { AppendTicket(append: $1, bytes: 10, request: request, index: $0) }
}
