/// The deployment's key for webhook secrets: `webhook.key` in the directory of the keys.
enum WebhookKey {
    /// Reads the key of a directory, and makes it when it is not there. Blocks on the file system; call it while starting.
    static func load(directory: String) throws -> [UInt8] {
        try KeyFile("webhook.key", directory: directory).load()
    }
}
