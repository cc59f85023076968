import Foundation
import MusterBoards
import MusterDomain
import PostgresServer
import Testing

extension Processes {
    @Suite("Roles in processes of their own") struct RolesTests {
        @Test("Gateway, projector and worker on one database behave like one process", .timeLimit(.minutes(20)))
        func three() async throws {
            try await House.with { house in
                try await house.cluster.start()
                let conninfo = house.cluster.conninfo
                let migration = try await house.run("muster", "migrate", "--database", conninfo, "--log", "town")
                #expect(migration.status == 0, "\(migration.errors)")
                let keys = house.directory + "/keys"
                let listen = "127.0.0.1:\(try FreePort.find())"
                let environment = [
                    "MUSTER_DATABASE_URL": conninfo, "MUSTER_KEYS_DIRECTORY": keys, "MUSTER_LIMITS_SPEED": "300",
                ]
                let gateway = House.Daemon(
                    child: try house.start("musterd", ["gateway", "--listen", listen], environment: environment),
                    door: Door(url: "http://\(listen)", client: house.client)
                )
                let others = try ["projector", "worker"].map {
                    try house.start("musterd", [$0], environment: environment)
                }
                try await gateway.isReady()
                let door = gateway.door
                let administrator = try await house.token(for: Neighbourhood.administrator, keys: keys)
                try await door.post(Neighbourhood.founding, token: administrator)
                let resident = try await house.token(for: Neighbourhood.resident, keys: keys)
                let worker = try await house.token(for: Neighbourhood.gridWorker, keys: keys)
                #expect(try await door.post(Posting(Neighbourhood.report("R-1")), token: resident).status == 201)
                try await door.post(
                    [Posting(Neighbourhood.matter("M-1")), Posting(Neighbourhood.whistle("M-1"))],
                    token: worker
                )

                // The worker reacts, chases and delivers; the projector stores; the gateway shows all of it.
                try await eventually("no-shows of fire and police") {
                    try await house.number(
                        "select count(*) from recorded_events where type = 'DepartmentNoShow'"
                    ) == 2
                }
                let fire = try await house.token(for: Neighbourhood.fire, keys: keys)
                let lease = try await door.post(
                    "/v1/tasks/lease",
                    json: #"{"max": 10, "waitSeconds": 10}"#,
                    token: fire
                )
                #expect(lease.body.contains("\"M-1\""))
                let tail = try await house.number("select max(position) from events")
                try await eventually("stored boards") {
                    try await house.sql("select board from board_projections where position >= \(tail) order by 1")
                        == BoardCatalogue.all.map { [$0.name] }.sorted { $0[0] < $1[0] }
                }
                try await eventually("board with the no-show") {
                    try await door.get("/v1/boards/operations").body.contains("no-show")
                }
                #expect(try await door.get("/v1/boards/operations").body.contains("\"matter\":\"R-1\""))

                for child in others + [gateway.child] { child.send(SIGTERM) }
                for child in others + [gateway.child] {
                    let end = try await child.end()
                    #expect(end.status == 0, "\(end.errors)")
                }
            }
        }
    }
}

extension House.Daemon {
    /// Waits until the gateway is ready to serve.
    func isReady() async throws {
        try await eventually("ready gateway") {
            guard child.isRunning else { throw ChildError(name: "gateway", problem: "ended", child: child) }
            return (try? await door.get("/readyz").status) == 200
        }
    }
}
