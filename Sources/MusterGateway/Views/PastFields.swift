import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// What a board's page says of the moment that it shows, and the form that asks for another.
struct PastFields {
    let language: Language
    let offset: Duration
    let head: BoardHead

    private var time: LocalTime { LocalTime(offset: offset, language: language) }

    /// - Parameter path: of the page, where the form leads.
    func fields(path: String) -> Fields {
        var fields: Fields = ["pastPath": path, "pastInput": input(head.now)]
        guard let past = head.past else { return fields }
        fields["isLive"] = false
        fields["isPast"] = true
        fields["pastQuery"] = "?\(past.query)"
        fields["pastText"] = text(past)
        fields["beatWord"] = Strings.words("notLive")[language]
        fields["clockText"] = "\(time.day(head.now)) \(time.time(head.now))"
        return fields
    }

    private func text(_ past: PastCut) -> String {
        let known: String? =
            switch past.known {
            case .now: nil
            case .at(let instant): "\(time.day(instant)) \(time.time(instant))"
            case .through(let position): "#\(position)"
            }
        guard let happened = past.asTrueAt else {
            return Strings.words("pastKnown")[language].replacing("{time}", with: known ?? "")
        }
        return Strings.words(known == nil ? "pastTrue" : "pastTrueKnown")[language]
            .replacing("{time}", with: "\(time.day(happened)) \(time.time(happened))")
            .replacing("{known}", with: known ?? "")
    }

    /// The town's time as `datetime-local` fields take it: `2026-11-21T18:42:07`.
    private func input(_ instant: Timestamp) -> String {
        String((instant + offset).rfc3339.prefix(19))
    }
}
