package import MusterDomain
package import Records

extension AssignmentPlan {
    /// The plan for a terminal: a line for each assignment, then what stays open and what is against it.
    package func text(_ language: Language) -> String {
        var lines = assignments.map { $0.words[language] }
        for work in uncovered { lines += text(open: work, language) }
        let (given, all) = (assignments.count, batch.work.count)
        lines.append(
            Words(
                "\(given) of \(all) given out, up to tier \(openedTier.rawValue) (\(openedTier.words.en)).",
                zh: "\(all) 项中已派 \(given) 项，启用至第 \(openedTier.rawValue) 级梯队（\(openedTier.words.zh)）。"
            )[language]
        )
        return lines.joined(separator: "\n")
    }

    /// Who does some work and why, or what is against everybody; nil when the work is not in the batch.
    package func text(of work: TaskID, _ language: Language) -> String? {
        guard batch.index(of: work) != nil else { return nil }
        return assignment(of: work)?.words[language] ?? text(open: work, language).joined(separator: "\n")
    }

    private func text(open work: TaskID, _ language: Language) -> [String] {
        [Words("Nobody can take \(work):", zh: "\(work) 无人可派：")[language]]
            + (shortfalls(of: work) ?? []).map { "  \($0.words[language])" }
    }
}
