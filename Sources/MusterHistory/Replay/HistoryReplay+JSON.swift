import EventSourcing
import Records

extension HistoryReplay {
    /// The replay as one JSON object, its members always in the same order. Durations are in seconds, shares from 0 to 1;
    /// what is not known is null.
    package func json() -> [UInt8] {
        var writer = JSONWriter(capacity: 8_192)
        writer.beginObject()
        writer.member("log", source.log.rawValue)
        writer.name("position")
        writer.integer(source.position.rawValue)
        writer.member("replayVersion", Self.version)
        writer.member("zone", source.zone)
        writer.name("arguments")
        writer.beginArray()
        for argument in choice.arguments + changes.arguments { writer.string(argument) }
        writer.endArray()
        writer.member("steps", base.draft.steps.count { $0.agency >= 0 })
        writer.member("kept", base.draft.kept)
        writeWork(&writer)
        writer.name("calibration")
        writer.beginObject()
        writer.member("late", calibration.late)
        writer.member("waiting", calibration.waits)
        writer.name("trusted")
        writer.boolean(calibration.isTrusted)
        writer.endObject()
        for (name, figures, roster) in [
            ("history", history, nil), ("unchanged", unchanged, formerRoster), ("changed", outcome, roster),
        ] {
            writer.name(name)
            write(figures, roster, &writer)
        }
        writer.list("assumptions", ReplayAssumptions(self, ReportWords(language: .en)).list) { words, writer in
            writer.member("en", words.en)
            writer.member("zh", words.zh)
        }
        writer.endObject()
        return writer.bytes
    }

    private func writeWork(_ writer: inout JSONWriter) {
        let steps = base.draft.steps.filter { $0.agency >= 0 }
        writer.name("work")
        writer.beginObject()
        writer.member("logged", steps.count { $0.basis == .logged })
        writer.member("given", steps.count { $0.basis == .given })
        writer.member("inferred", steps.count { $0.basis == .inferred })
        writer.list("assumed", base.assumptions) { assumption, writer in
            writer.member("stage", base.draft.labels[Int(assumption.label)].name)
            writer.member("steps", assumption.steps)
            writer.member("median", .microseconds(assumption.work) as Duration?)
            writer.name("given")
            writer.boolean(assumption.isGiven)
        }
        writer.endObject()
    }

    private func write(_ figures: ReplayFigures, _ roster: CrewRoster?, _ writer: inout JSONWriter) {
        writer.beginObject()
        figures.all.writeMembers(&writer)
        writer.member("lateBy", figures.lateness.count == 0 ? nil : figures.lateness.p50)
        writer.member("crewSecondsAtWork", .microseconds(figures.worked) as Duration?)
        writer.member("crewHoursOnDutyADay", roster.map { hoursADay($0) })
        writer.list("agencies", figures.agencies.sorted { names.agencies[$0.key] < names.agencies[$1.key] }) {
            entry,
            writer in
            writer.member("agency", names.agencies[entry.key])
            entry.value.writeMembers(&writer)
            writer.name("crews")
            if let roster {
                writer.beginArray()
                for crews in roster.hours(Int(entry.key)) { writer.integer(crews) }
                writer.endArray()
            } else {
                writer.null()
            }
        }
        writer.list("hours", Array(figures.bands.enumerated())) { band, writer in
            writer.member("from", band.offset * ReplayFigures.bandHours)
            band.element.writeMembers(&writer)
        }
        writer.endObject()
    }
}

extension ReplayFigures.Group {
    fileprivate func writeMembers(_ writer: inout JSONWriter) {
        writer.member("limits", tally.all)
        writer.member("late", tally.late)
        writer.member("overdueOpen", tally.overdueOpen)
        writer.member("onTime", tally.honest)
        writer.member("steps", waits.count)
        let isKnown = waits.count > 0
        writer.name("waiting")
        writer.beginObject()
        writer.member("p50", isKnown ? waits.p50 : nil)
        writer.member("p90", isKnown ? waits.p90 : nil)
        writer.member("p99", isKnown ? waits.p99 : nil)
        writer.member("total", isKnown ? waits.total : nil)
        writer.member("forCrew", isKnown ? .microseconds(waitedForCrew) : nil)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ share: Double?) {
        self.name(name)
        if let share { number(share) } else { null() }
    }
}
