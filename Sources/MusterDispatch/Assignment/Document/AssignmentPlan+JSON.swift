import MusterDomain
package import Records

extension AssignmentPlan {
    /// The plan for programs, with the sentences of one language.
    package func json(_ language: Language) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("assignments")
        writer.beginArray()
        for assignment in assignments { write(assignment, language, &writer) }
        writer.endArray()
        writer.name("open")
        writer.beginArray()
        for work in uncovered { write(open: work, language, &writer) }
        writer.endArray()
        writer.name("openedTier")
        writer.integer(openedTier.rawValue)
        writer.name("cost")
        writer.number(cost)
        writer.endObject()
        return writer.bytes
    }

    private func write(_ assignment: Assignment, _ language: Language, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("work")
        writer.string(assignment.work.rawValue)
        writer.name("person")
        writer.string(assignment.person.rawValue)
        writer.name("tier")
        writer.integer(assignment.tier.rawValue)
        if let distance = assignment.distance {
            writer.name("kilometres")
            writer.number(distance)
        }
        writer.name("hoursBefore")
        writer.number(assignment.hoursBefore / .seconds(3_600))
        writer.name("hoursAfter")
        writer.number(assignment.hoursAfter / .seconds(3_600))
        writer.name("why")
        writer.string(assignment.words[language])
        writer.endObject()
    }

    private func write(open work: TaskID, _ language: Language, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("work")
        writer.string(work.rawValue)
        writer.name("against")
        writer.beginArray()
        for shortfall in shortfalls(of: work) ?? [] {
            writer.beginObject()
            writer.name("people")
            writer.integer(shortfall.people)
            writer.name("rule")
            writer.string(shortfall.rule)
            writer.name("why")
            writer.string(shortfall.words[language])
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
