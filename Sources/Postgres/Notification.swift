/// A message sent by NOTIFY.
package struct Notification: Sendable, Hashable {
    package var channel: String
    package var payload: String
    /// The process id of the session that sent it.
    package var senderProcessID: Int32
}
