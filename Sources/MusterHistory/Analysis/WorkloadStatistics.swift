package import EventSourcing

/// Who did how much, and when.
package struct WorkloadStatistics: Hashable, Sendable {
    package struct Worker: Hashable, Sendable {
        package let label: Label
        package let events: Int
        package let cases: Int
        /// Of all events that name one.
        package let share: Double
        /// Events by the hour of the day, from 0 to 23, local.
        package let hours: [Int]
    }

    /// How evenly work is spread.
    package struct Fairness: Hashable, Sendable {
        package let workers: Int
        /// The Gini coefficient of events a worker: 0 when all do the same, towards 1 when one does all.
        package let gini: Double
        /// Share of the events of the busiest tenth of the workers, at least of one.
        package let busiestTenth: Double
        package let medianEvents: Int
        package let maximumEvents: Int
    }

    /// The busiest first, at most `maximumListed`. Persons are shown by the names the log has for them.
    package internal(set) var resources: [Worker]
    package internal(set) var agencies: [Worker]
    package internal(set) var places: [Worker]
    /// Over all workers, not only the listed ones; nil with fewer than two.
    package internal(set) var resourceFairness: Fairness?
    package internal(set) var agencyFairness: Fairness?

    package static let maximumListed = 50
}

/// When events happen, in local time.
package struct Seasonality: Hashable, Sendable {
    package struct ByMonth: Hashable, Sendable {
        package let month: Month
        package let events: Int
        /// Cases that began in it.
        package let cases: Int
    }

    /// In the order of time, without gaps.
    package internal(set) var months: [ByMonth]
    /// Seven rows from Monday to Sunday, each with 24 hours: events.
    package internal(set) var weekHours: [[Int]]
    /// Cases that began, by weekday from Monday and by hour.
    package internal(set) var weekdayStarts: [Int]
    package internal(set) var hourStarts: [Int]

    package var hours: [Int] { (0..<24).map { hour in weekHours.reduce(0) { $0 + $1[hour] } } }
    package var weekdays: [Int] { weekHours.map { $0.reduce(0, +) } }
}

/// How far the time of entry can be trusted (R14.5). Marks, not verdicts.
package struct EntryStatistics: Hashable, Sendable {
    /// Events recorded long after they happened, by activity or agency.
    package struct Late: Hashable, Sendable {
        package let label: Label
        package let events: Int
        package let late: Int

        package var share: Double { events == 0 ? 0 : Double(late) / Double(events) }
    }

    /// Many cases entered within one minute by one person, or one agency where no person is named.
    package struct Burst: Hashable, Sendable {
        package let who: Label
        /// Index of the activity.
        package let activity: Int
        package let minute: Timestamp
        package let cases: Int
    }

    /// The same reading again and again: by one person, or one agency where no person is named.
    package struct Identical: Hashable, Sendable {
        package let who: Label
        /// Index of the activity.
        package let activity: Int
        /// As it was written.
        package let value: String
        /// How many, one right behind the other in time.
        package let readings: Int
        package let since: Timestamp
        package let until: Timestamp
    }

    /// Steps that one person, or one agency, completed, and how many of them with a photo and nothing else.
    package struct PhotoOnly: Hashable, Sendable {
        package let who: Label
        package let steps: Int
        package let photoOnly: Int

        package var share: Double { steps == 0 ? 0 : Double(photoOnly) / Double(steps) }
    }

    /// Longer after the event than this counts as late entry.
    package internal(set) var limit: Duration
    /// Nil where nothing says when events were entered: what records an import says when the file came, and only a mapping
    /// can name a column of the other.
    package internal(set) var delays: DurationSummary?
    package internal(set) var late: Int
    package internal(set) var byActivity: [Late]
    package internal(set) var byAgency: [Late]
    /// The largest first, at most 20.
    package internal(set) var bursts: [Burst]
    /// Cases of one activity that one person enters in a minute before it counts as a burst.
    package internal(set) var burstCases: Int
    /// The longest first, at most 20.
    package internal(set) var identical: [Identical] = []
    /// Equal readings in a row before they are looked at.
    package internal(set) var identicalInARow = standardInARow
    /// Events with a reading.
    package internal(set) var readings = 0
    /// Those with most first.
    package internal(set) var photoOnly: [PhotoOnly] = []
    /// Steps completed, of those whose evidence the log knows, and of them with a photo and nothing else.
    package internal(set) var evidenced = 0
    package internal(set) var byPhotoAlone = 0
    /// Share of events exactly on a full hour; one in 60 is what chance gives for times kept by the minute.
    package internal(set) var fullHourShare: Double
    /// True when no time has seconds.
    package internal(set) var timesAreByMinute: Bool
    /// Events before the event that comes earlier in the log, of the same case.
    package internal(set) var outOfOrder: Int
}
