import MusterDomain
package import Records

/// A batch as people and systems write it, in JSON: who there is, what is to be done, and where.
///
/// ```json
/// {"territories": [{"territory": "dq-02", "level": "grid"}],
///  "people": [{"person": "ann", "posts": [{"party": "fire", "territory": "dq-02", "from": "2026-01-01T00:00:00+08:00"}]}],
///  "work": [{"work": "T-1", "territory": "dq-02",
///            "from": "2026-11-27T08:00:00+08:00", "until": "2026-11-27T10:00:00+08:00"}]}
/// ```
package struct AssignmentDocument: Hashable, Sendable {
    let limits: LimitsEntry?
    let territories: [TerritoryEntry]
    let people: [PersonEntry]
    let work: [WorkEntry]

    package static let record = Record<AssignmentDocument>(
        Field("limits", \.limits, LimitsEntry.record.codec.optional, Words("Limits", zh: "工时限制")),
        Field(
            "territories",
            \.territories,
            Codec<[TerritoryEntry]>.list(of: TerritoryEntry.record.codec, count: 1...100_000),
            Words("Territories, each after the one that holds it", zh: "区域（上级在前）")
        ),
        Field(
            "people",
            \.people,
            Codec<[PersonEntry]>.list(of: PersonEntry.record.codec, count: 0...AssignmentBatch.maximumPeople),
            Words("People", zh: "人员")
        ),
        Field(
            "work",
            \.work,
            Codec<[WorkEntry]>.list(of: WorkEntry.record.codec, count: 0...AssignmentBatch.maximumWork),
            Words("Open work", zh: "待派工作")
        ),
        make: AssignmentDocument.init
    )

    /// What a document holds, as JSON Schema, laid out for people.
    package static var schema: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("$schema")
        writer.string("https://json-schema.org/draft/2020-12/schema")
        record.codec.schema.writeKeywords(to: &writer)
        writer.endObject()
        return String(decoding: JSONLayout.indented(writer.bytes), as: UTF8.self)
    }

    /// The batch that a document describes.
    ///
    /// - Throws: everything that is wrong with it, each with where it stands.
    package static func batch(_ json: [UInt8]) throws(Problems) -> AssignmentBatch {
        try record.codec.decode(json).batch()
    }

    private func batch() throws(Problems) -> AssignmentBatch {
        let limits = try limits.map { (entry) throws(Problems) in
            try Problems.at(["limits"]) { () throws(Rejection) in try entry.limits() }
        }
        let known = limits ?? .standard
        var problems: [Problem] = []
        let register = TerritoryEntry.register(territories, &problems)
        func check(_ territory: TerritoryID, _ path: String...) {
            guard register.territory(territory) == nil else { return }
            let words = Words("\(territory) is not among the territories", zh: "区域 \(territory) 未列出")
            problems.append(Problem(pointer: path.map { "/\($0)" }.joined(), code: "territory-unknown", words: words))
        }
        var workers: [Worker] = []
        for (index, entry) in people.enumerated() {
            for (post, each) in entry.posts.enumerated() {
                check(each.territory, "people", "\(index)", "posts", "\(post)", "territory")
            }
            do throws(Problems) {
                workers.append(try entry.worker(known, at: index))
            } catch {
                problems += error.list
            }
        }
        var open: [OpenWork] = []
        for (index, entry) in work.enumerated() {
            check(entry.territory, "work", "\(index)", "territory")
            do throws(Problems) {
                open.append(try Problems.at(["work", "\(index)"]) { () throws(Rejection) in try entry.openWork() })
            } catch {
                problems += error.list
            }
        }
        guard problems.isEmpty else { throw Problems(problems) }
        return try Problems.at([]) { () throws(Rejection) in
            try AssignmentBatch(people: workers, work: open, territories: register, limits: known)
        }
    }
}

extension Problems {
    /// What a rule says to a part of a document.
    static func at<Value>(_ path: [String], _ body: () throws(Rejection) -> Value) throws(Problems) -> Value {
        do {
            return try body()
        } catch {
            let words = Words("\(error.words.en) (\(error.rule))", zh: "\(error.words.zh)（\(error.rule)）")
            throw Problems([Problem(pointer: path.map { "/\($0)" }.joined(), code: error.reason, words: words)])
        }
    }
}

extension Codec where Value == Duration {
    /// Hours, also parts of one.
    static func hours(_ range: ClosedRange<Double>) -> Codec {
        Codec<Double>.number(range).map(
            { .seconds($0 * 3_600) },
            back: { $0 / .seconds(3_600) },
            orElse: { _ in Problems("range", Words("must be a number of hours", zh: "必须是小时数")) }
        )
    }
}
