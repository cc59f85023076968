/// Why an export cannot be written or read. The description is made for people.
package enum ExportError: Error, Hashable, Sendable {
    case unwritable(path: String, reason: String)
    case unreadable(path: String, reason: String)
    /// There is no export in the directory, or one that did not come to its end.
    case unfinished(directory: String)
    case nothingSealed
    /// An event, a tile or a checkpoint is not what was sealed, so that an export would prove nothing.
    case damaged(String)
}

extension ExportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unfinished(let directory):
            "\(directory) holds no finished export: there is no file `checkpoint` in it; run the export again"
        case .nothingSealed: "nothing is sealed yet: there is no evidence to export"
        case .damaged(let reason): "\(reason); muster verify says more"
        }
    }
}
