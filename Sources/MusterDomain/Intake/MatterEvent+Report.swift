extension MatterEvent {
    /// Whether it shows that somebody deals with the report of the matter, which bears the report's id. An assignment by
    /// itself deals with nothing yet.
    package var dealsWithReport: Bool {
        switch self {
        case .raised, .investigatorAssigned, .helpOffered, .reviewOverdue, .reportersJoined: false
        default: true
        }
    }
}
