import MusterDispatch

/// The deployment's key for webhook secrets: `webhook.key` in the directory of the keys, and while it changes
/// `webhook.previous.key`, the one before.
enum WebhookKey {
    /// Reads the keys of a directory, and makes the first when it is not there. Blocks on the file system; call it while
    /// starting.
    static func secrets(directory: String) throws -> WebhookSecrets {
        let previous = try KeyFile("webhook.previous.key", directory: directory).loadIfThere()
        let key = try KeyFile("webhook.key", directory: directory).load()
        guard let secrets = WebhookSecrets(key: key, previous: previous) else {
            throw ConfigurationError(key: "keys.directory", needs: "webhook.key is too short")
        }
        return secrets
    }
}
