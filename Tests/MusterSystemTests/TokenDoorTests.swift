import Crypto
import EventSourcing
import Foundation
import MusterDomain
import NIOHTTP1
import Testing

extension Processes {
    @Suite("Tokens at the door") struct TokenDoorTests {
        @Test(
            "Nothing but a good token of this log writes, and each actor does only its own things",
            .timeLimit(.minutes(20))
        )
        func tokens() async throws {
            try await House.with { house in
                let daemon = try await house.upFounded()
                try await badTokens(at: daemon.door, in: house)
                try await ownThings(at: daemon.door, in: house)
            }
        }

        private func badTokens(at door: Door, in house: House) async throws {
            let posting = Posting(Neighbourhood.report("R-bad"))
            let good = try await house.token(for: Neighbourhood.resident)
            let foreign = try await house.token(for: Neighbourhood.resident, keys: house.directory + "/foreign-keys")
            let drill = try await house.token(for: Neighbourhood.resident, log: "drill")
            let table: [(name: String, token: String?, status: Int, code: String)] = [
                ("none", nil, 401, "token-missing"),
                ("no token at all", "abc", 401, "token-invalid"),
                ("of other keys", foreign, 401, "token-invalid"),
                (
                    "with another actor", try forged(good, replacing: "resident", with: "district-command"), 401,
                    "token-invalid"
                ),
                ("without a signature", String(good.prefix { $0 != "." }) + ".e30.", 401, "token-invalid"),
                ("expired", try expired(good, key: house.data + "/keys/1.key.pem"), 401, "token-expired"),
                ("for another log", drill, 403, "token-other-log"),
            ]
            for row in table {
                let answer = try await door.post(posting, token: row.token)
                #expect(answer.status == row.status, "\(row.name)")
                #expect(
                    answer.body.contains("\"\(row.code)\"") || answer.body.contains("/\(row.code)"),
                    "\(row.name): \(answer.body)"
                )
                #expect(answer.headers.first(name: "Content-Type")?.hasPrefix("application/problem+json") == true)
            }
            #expect(try await house.number("select count(*) from recorded_events where type = 'ReportSubmitted'") == 0)
            #expect(try await door.post(posting, token: good).status == 201)
        }

        /// The same token with other claims and the old signature.
        private func forged(_ token: String, replacing text: String, with other: String) throws -> String {
            var parts = token.split(separator: ".").map(String.init)
            try #require(parts.count == 3)
            let claims = try #require(Data(base64URL: parts[1]))
            let changed = String(decoding: claims, as: UTF8.self).replacing("\"\(text)\"", with: "\"\(other)\"")
            parts[1] = Data(changed.utf8).base64URL
            return parts.joined(separator: ".")
        }

        /// The same token, signed with the house's own key, as it would be an hour after its end.
        private func expired(_ token: String, key path: String) throws -> String {
            let parts = token.split(separator: ".").map(String.init)
            let claims = String(decoding: try #require(Data(base64URL: parts[1])), as: UTF8.self)
            let hourAgo = Int(Date().timeIntervalSince1970) - 3_600
            let past = claims.replacing(/"exp":\d+/, with: "\"exp\":\(hourAgo)")
            try #require(past != claims)
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let document = try #require(Data(base64Encoded: lines.filter { !$0.hasPrefix("-") }.joined()))
            // RFC 8410: the document ends with the 32 bytes of the key.
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: document.suffix(32))
            let text = parts[0] + "." + Data(past.utf8).base64URL
            return text + "." + (try key.signature(for: Data(text.utf8))).base64URL
        }

        /// One command of each kind, sent by everybody: only who has it in their hands gets past the door.
        private func ownThings(at door: Door, in house: House) async throws {
            let everybody = [
                Neighbourhood.administrator, Neighbourhood.district, Neighbourhood.street, Neighbourhood.head,
                Neighbourhood.gridWorker, Neighbourhood.fire, Neighbourhood.property, Neighbourhood.volunteers,
                Neighbourhood.hotline, Neighbourhood.resident,
            ]
            var number = 0
            for actor in everybody {
                let token = try await house.token(for: actor)
                let commands: [any Command] = [
                    Neighbourhood.report("R-\(actor.role.rawValue)"),
                    Neighbourhood.matter("M-\(actor.role.rawValue)"),
                    Neighbourhood.whistle("M-none"),
                    AcceptWhistle(matter: MatterID("M-none"), department: Neighbourhood.fire.party),
                    OfferHelp(matter: MatterID("M-none"), hands: 3, text: "Three of us can come."),
                    GiveFeedback(matter: MatterID("M-none"), solved: true),
                    DefineTerritory(
                        territory: TerritoryID(rawValue: "t-\(actor.role.rawValue)") ?? Neighbourhood.grid,
                        level: .community,
                        parent: Neighbourhood.town,
                        nameEN: "Beitang",
                        nameZH: "北塘"
                    ),
                    RecordNoShow(
                        matter: MatterID("M-none"),
                        department: Neighbourhood.fire.party,
                        step: .accept,
                        dueAt: Timestamp(microseconds: 1_767_225_600_000_000)
                    ),
                ]
                for command in commands {
                    number += 1
                    let entry = CommandCatalogue.entry(of: command)
                    let answer = try await door.post(Posting(command), token: token)
                    let name = "\(actor.role.rawValue) \(entry.name): \(answer.status) \(answer.body)"
                    if entry.roles.contains(actor.role) {
                        #expect([201, 404, 422].contains(answer.status), "\(name)")
                    } else {
                        #expect(answer.status == 403, "\(name)")
                    }
                }
            }
            #expect(number == 80)
        }
    }
}

extension Data {
    fileprivate init?(base64URL text: String) {
        let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
        self.init(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding)
    }

    fileprivate var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
