import EventLog
import EventSourcing
import Foundation
import MusterTesting
import Testing

@testable import MusterHistory

/// Where things happened, by the shipped mappings of files that say it in other ways than by two numbers.
@Suite(.testDatabase)
struct ExportedPlacesTests {
    /// One kind of file, an entry of which lies at 45.5905 north and 122.75 west.
    struct Kind: Sendable, CustomTestStringConvertible {
        let mapping: String
        let file: String
        let sample: String
        /// Places in the real file.
        let places: Int

        var testDescription: String { mapping }
    }

    private static let kinds = [
        Kind(
            mapping: "portland-911",
            file: "calls/portland_911_2017-02-28.atom.xml",
            sample: """
                <feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"><entry><id>a</id>
                <published>2017-02-28T14:54:53.0-08:00</published><updated>2017-02-28T14:54:55.0-08:00</updated>
                <georss:point>45.5905 -122.75</georss:point></entry></feed>
                """,
            places: 100
        ),
        Kind(
            mapping: "nyc-311-soda",
            file: "requests/nyc311_2012_soda.json",
            sample: """
                [{"unique_key": "1", "created_date": "2012-11-20T07:50:59.000", "agency": "A", "status": "Closed",
                "location": {"type": "Point", "coordinates": [-122.75, 45.5905]}}]
                """,
            places: 1_000
        ),
        Kind(
            mapping: "chicago-311-open311",
            file: "requests/chicago_open311_extended_2014.json",
            sample: """
                [{"service_request_id": "1", "lat": 45.5905, "long": -122.75,
                "notes": [{"type": "opened", "datetime": "2014-05-09T19:02:21-05:00"}]}]
                """,
            places: 276
        ),
    ]

    private static func features(of path: String, _ kind: Kind) async throws -> [[String: Any]] {
        try await TestDatabase.current.withLog("p-\(UInt64.random(in: 0 ... .max))", mode: .history) { log in
            let mapping = try Mapping.named(kind.mapping)
            _ = try await Importer(log: DatabaseLog(log: log)).run(input: path, mapping: mapping)
            return try await ExportedLog.export(log, .geojson) { $0.purpose = "a map" }
        }.features
    }

    @Test(.timeLimit(.minutes(20)), arguments: kinds)
    func `A place is found in whatever form the file has it`(kind: Kind) async throws {
        let file = try TemporaryFile("sample", text: kind.sample)
        let features = try await Self.features(of: file.path, kind)
        try #require(features.count == 1)
        let geometry = try #require(features[0]["geometry"] as? [String: Any])
        #expect(geometry["coordinates"] as? [Double] == [-122.75, 45.5905])
    }

    @Test(
        .timeLimit(.minutes(20)),
        .needs("calls/portland_911_2017-02-28.atom.xml"),
        .needs("requests/nyc311_2012_soda.json"),
        .needs("requests/chicago_open311_extended_2014.json"),
        arguments: kinds
    )
    func `Every place of the real file is on the map`(kind: Kind) async throws {
        let features = try await Self.features(of: SharedData.path(kind.file), kind)
        #expect(features.count == kind.places)
    }

    @Test(.timeLimit(.minutes(20)))
    func `Two numbers are a place where they are called one, and nowhere else`() async throws {
        let kind = Self.kinds[1]
        let elsewhere = kind.sample.replacing("\"location\"", with: "\"resolution_description\": \"45.5 122.7\", \"x\"")
        let file = try TemporaryFile("sample", text: elsewhere)
        await #expect(throws: ExportFileError.noCoordinates) { _ = try await Self.features(of: file.path, kind) }
    }
}

extension Data {
    /// Those of a FeatureCollection.
    fileprivate var features: [[String: Any]] {
        get throws {
            let document = try JSONSerialization.jsonObject(with: self) as? [String: Any]
            return try #require(document?["features"] as? [[String: Any]])
        }
    }
}
