import EventSourcing

/// The short name under which people speak of a matter or report.
enum Reference {
    /// An identifier that people gave is its own reference; one that a machine made is cut to what can be said aloud.
    static func text(_ identifier: String) -> String {
        guard UniqueID(identifier) != nil else { return identifier }
        return "M-" + identifier.suffix(6).uppercased()
    }
}
