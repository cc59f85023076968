import Evidence

/// The keys that sign the log's checkpoints: Ed25519 seeds in the directory of the keys.
///
/// `evidence.key` signs. To change it, put the new key beside it as `evidence-next.key` and start again: then both sign.
/// When everybody has the new public key, rename it to `evidence.key`.
enum EvidenceKeys {
    private static let names = ["evidence.key", "evidence-next.key"]

    /// The keys that sign; the first is made when it is not there. Blocks on the file system; call it while starting.
    static func load(directory: String) throws -> SigningKeys {
        let key = try KeyFile(names[0], directory: directory).load()
        let next = try KeyFile(names[1], directory: directory).loadIfThere()
        guard let keys = SigningKeys(seeds: [key] + [next].compactMap { $0 }) else {
            throw ConfigurationError(key: "keys.directory", needs: "\(directory) holds an evidence key that is none")
        }
        return keys
    }

    /// The keys that are there; nil when there is none.
    static func loadIfThere(directory: String) throws -> SigningKeys? {
        SigningKeys(seeds: try names.compactMap { try KeyFile($0, directory: directory).loadIfThere() })
    }
}
