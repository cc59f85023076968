package import Records

/// Somebody told Muster of something.
package struct ReportSubmitted: Hashable, Sendable {
    package let report: ReportID
    package let channel: ReportChannel
    package let kind: ReportKind
    package let territory: TerritoryID
    package let place: String
    package let text: String
    package let latitude: Double?
    package let longitude: Double?
    /// Who is asked whether it was solved; nil when nobody can be asked.
    package let reporter: PersonID?
    /// The text holds a safety word (R5.4).
    package let isUrgent: Bool

    package init(
        report: ReportID,
        channel: ReportChannel,
        kind: ReportKind,
        territory: TerritoryID,
        place: String,
        text: String,
        latitude: Double? = nil,
        longitude: Double? = nil,
        reporter: PersonID? = nil,
        isUrgent: Bool
    ) {
        self.report = report
        self.channel = channel
        self.kind = kind
        self.territory = territory
        self.place = place
        self.text = text
        self.latitude = latitude
        self.longitude = longitude
        self.reporter = reporter
        self.isUrgent = isUrgent
    }

    package static let record = Record<ReportSubmitted>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("place", \.place, .line(), Words("Place", zh: "地点"), isPersonal: true),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field(
            "latitude",
            \.latitude,
            Codec<Double>.number(-90...90).optional,
            Words("Latitude", zh: "纬度"),
            isPersonal: true
        ),
        Field(
            "longitude",
            \.longitude,
            Codec<Double>.number(-180...180).optional,
            Words("Longitude", zh: "经度"),
            isPersonal: true
        ),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        Field("isUrgent", \.isUrgent, .boolean, Words("Urgent", zh: "紧急")),
        make: ReportSubmitted.init
    )
}
