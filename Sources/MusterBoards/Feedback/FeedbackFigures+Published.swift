import MusterDomain
import Records

extension FeedbackFigures.Published {
    /// The appraisal, and each party's published score beside what the same formula gives for all that is known now.
    func cells(beside lines: [FeedbackFigures.Line]) -> [ListCell] {
        let now = Dictionary(uniqueKeysWithValues: lines.map { ($0.party, $0) })
        return [cell]
            + appraisal.lines.map { line in
                let name = names[line.party] ?? Words(line.party.rawValue, zh: line.party.rawValue)
                let current = now[line.party]
                let scoreNow = current.flatMap {
                    appraisal.formula.score($0.outcomes, overdueOpen: $0.overdueOpen)
                }
                return ListCell(
                    Words(
                        "\(name.en): published \(Self.text(line.score)), now \(Self.text(scoreNow))",
                        zh: "\(name.zh)：公布 \(Self.text(line.score))，当前 \(Self.text(scoreNow))"
                    ),
                    note: Self.outcomes(line.outcomes, line.overdueOpen, of: current)
                )
            }
    }

    /// Its name, its formula and its period.
    var cell: ListCell {
        let (name, formula) = (appraisal.appraisal, appraisal.formula)
        return ListCell(
            Words("\(name), formula \(formula.rawValue), until", zh: "\(name)，公式 \(formula.rawValue)，截至"),
            note: Words(
                "\(formula.words.en) · from \(appraisal.from) · \(appraisal.lines.count) parties",
                zh: "\(formula.words.zh) · 自 \(appraisal.from) · \(appraisal.lines.count) 个单位"
            ),
            at: appraisal.to,
            tone: .calm
        )
    }

    private static func outcomes(_ then: PartyOutcomes, _ overdue: Int, of now: FeedbackFigures.Line?) -> Words {
        let published = words(then, overdue)
        guard let now else { return published }
        let current = words(now.outcomes, now.overdueOpen)
        return Words("\(published.en) · now: \(current.en)", zh: "\(published.zh) · 当前：\(current.zh)")
    }

    private static func words(_ outcomes: PartyOutcomes, _ overdue: Int) -> Words {
        Words(
            "closed \(outcomes.closed), of these on time \(outcomes.closedOnTime), overdue \(overdue), "
                + "solved \(outcomes.solved) of \(outcomes.answers)",
            zh: "办结 \(outcomes.closed)，其中按时 \(outcomes.closedOnTime)，超期未结 \(overdue)，"
                + "认可 \(outcomes.solved)/\(outcomes.answers)"
        )
    }

    private static func text(_ score: Int?) -> String { score.map { "\($0)" } ?? "–" }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("appraisal", appraisal.appraisal.rawValue)
        writer.member("formula", appraisal.formula.rawValue)
        writer.member("formulaWords", appraisal.formula.words)
        writer.member("from", appraisal.from)
        writer.member("to", appraisal.to)
        writer.member("through", Int64(appraisal.through))
        writer.list("parties", appraisal.lines) { line, writer in
            writer.beginObject()
            writer.member("party", line.party.rawValue)
            writer.member("name", names[line.party])
            writer.member("score", line.score.map(Int64.init))
            writer.member("closedOnTime", line.outcomes.closedOnTime)
            writer.member("closedLate", line.outcomes.closedLate)
            writer.member("overdueOpen", line.overdueOpen)
            writer.member("solved", line.outcomes.solved)
            writer.member("notSolved", line.outcomes.notSolved)
            writer.member("silent", line.outcomes.silent)
            writer.member("appealsUpheld", line.outcomes.appealsUpheld)
            writer.endObject()
        }
        writer.endObject()
    }
}
