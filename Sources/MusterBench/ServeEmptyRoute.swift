import ArgumentParser
import Hummingbird
import Logging
import MusterRuntime

/// The least that the gateway's HTTP server can do, in a process of its own: every request is answered with nothing.
struct ServeEmptyRoute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve-empty-route", shouldDisplay: false)

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let router = Router()
        router.get("/") { _, _ in Response(status: .ok) }
        router.post("/v1/commands") { _, _ in Response(status: .created) }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                ServerProcess.announce("http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
            },
            logger: Logger(label: "muster-bench")
        )
        try await application.runService()
    }
}
