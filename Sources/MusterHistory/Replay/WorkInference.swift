/// Says of work of which only the end is known when it was begun.
///
/// Where the asker says how long a kind of work takes, that is taken. Otherwise a tenth of the steps of a kind, in an
/// agency, took no longer than some time although some of them waited: so much is taken as the work of each, and what a
/// step took longer as waiting. And one person does one thing at a time: nobody began a step before the end of the one
/// that he did before it.
struct WorkInference {
    /// What is assumed of one kind of work.
    struct Assumption: Hashable, Sendable {
        let label: Int32
        /// Steps of which it is assumed.
        var steps = 0
        /// Microseconds, over all agencies: the median of what is assumed.
        var work: Int64 = 0
        var isGiven = false
    }

    /// Of fewer steps nothing is told; then those of all agencies are looked at.
    private static let enoughSteps = 10
    private static let percent = 10

    /// Fills in the begins that are missing.
    ///
    /// - Parameter given: by label, how long work takes.
    static func fill(_ draft: inout ReplayDraft, given: [Int32: Int64]) -> [Assumption] {
        let unknown = draft.steps.indices.filter { draft.steps[$0].begin == EventColumns.unknown }
        guard !unknown.isEmpty else { return [] }
        let typical = typicalWork(draft.steps, unknown)
        var assumed: [Int32: [Int64]] = [:]
        for index in unknown {
            let step = draft.steps[index]
            let span = step.end - step.base
            if let work = given[step.label] {
                draft.begin(index, at: step.end - min(work, span), .given)
            } else {
                let work = typical.work(of: step).map { min($0, span) } ?? span
                draft.begin(index, at: step.end - work, .inferred)
            }
            assumed[step.label, default: []].append(step.end - draft.steps[index].begin)
        }
        separateByPerson(&draft)
        return assumed.map { label, works in
            Assumption(
                label: label,
                steps: works.count,
                work: works.sorted()[(works.count - 1) / 2],
                isGiven: given[label] != nil
            )
        }
        .sorted { $0.steps == $1.steps ? $0.label < $1.label : $0.steps > $1.steps }
    }

    private struct Kind: Hashable {
        let agency: Int32
        let label: Int32
    }

    private struct Typical {
        var byKind: [Kind: Int64] = [:]
        var byLabel: [Int32: Int64] = [:]

        func work(of step: ReplayDraft.Step) -> Int64? {
            byKind[Kind(agency: step.agency, label: step.label)] ?? byLabel[step.label]
        }
    }

    private static func typicalWork(_ steps: [ReplayDraft.Step], _ unknown: [Int]) -> Typical {
        var spans: [Kind: [Int64]] = [:]
        var all: [Int32: [Int64]] = [:]
        for index in unknown {
            let step = steps[index]
            spans[Kind(agency: step.agency, label: step.label), default: []].append(step.end - step.base)
            all[step.label, default: []].append(step.end - step.base)
        }
        return Typical(
            byKind: spans.filter { $0.value.count >= enoughSteps }.mapValues(quick),
            byLabel: all.filter { $0.value.count >= enoughSteps }.mapValues(quick)
        )
    }

    private static func quick(_ spans: [Int64]) -> Int64 {
        spans.sorted()[max(1, (percent * spans.count + 99) / 100) - 1]
    }

    /// Moves inferred begins behind the end of what the same person did before.
    private static func separateByPerson(_ draft: inout ReplayDraft) {
        let done = draft.steps.indices.filter { draft.steps[$0].resource >= 0 && draft.steps[$0].basis != .none }
            .sorted { a, b in
                let (x, y) = (draft.steps[a].end, draft.steps[b].end)
                return x == y ? a < b : x < y
            }
        var last: [Int32: Int64] = [:]
        for index in done {
            let step = draft.steps[index]
            if step.basis == .inferred, let before = last[step.resource], before > step.begin {
                draft.begin(index, at: min(before, step.end), .inferred)
            }
            last[step.resource] = step.end
        }
    }
}
