// The text of files in schemas/mappings, so that the binary needs no files beside it. A test holds the two together.

extension Mapping {
    /// Mappings of feeds and JSON that come with Muster, by name.
    static let shippedDocumentTexts: [(name: String, yaml: String)] = [
        ("portland-911", portland911),
        ("nyc-311-soda", nyc311Soda),
        ("chicago-311-open311", chicago311Open311),
        ("cap", cap),
        ("cap-atom-index", capAtomIndex),
        ("cloudevents", cloudevents),
        ("wuhan-2020", wuhan2020),
    ]

    private static let portland911 = #"""
        # Portland (Oregon) 911 dispatch incidents (portlandoregon.gov), Atom with GeoRSS as the city's feed gives it:
        # the latest hundred incidents each time it is asked. An incident that several feeds hold is one; when it was
        # updated between two of them, the later one is a revision. The agency stands in the definition list of the
        # content.
        name: portland-911
        version: 1
        title: {en: Portland 911 dispatch incidents, zh: 波特兰 911 派警}
        rows: {en: incidents, zh: 警情}
        cases: {en: incidents, zh: 警情}

        format:
          type: atom

        case: id
        key: id
        required: [id, updated]

        stages:
          published: {column: published, en: published, zh: 发布}
          updated: {column: updated, en: last updated, zh: 最近更新}

        attributes:
          agency: {column: content.Agency, type: choice, en: agency, zh: 机构}
          call-type: {column: category.term, type: choice, en: call type, zh: 警情类型}
          title: {column: title, en: title, zh: 标题}
          number: {column: content.ID, en: call number, zh: 警情编号}
          place: {column: content.Address, en: place, zh: 地点}
          location: {column: "georss:point", en: location, zh: 坐标}

        agency: agency
        place: place

        report:
          counts: [agency, call-type]
          intervals:
            - {from: published, to: updated}

        """#

    private static let nyc311Soda = #"""
        # New York City 311 service requests (data.cityofnewyork.us, erm2-nwe9 and its older parts), JSON as Socrata's
        # API (SODA) answers it. One object is one request. Times are local.
        name: nyc-311-soda
        version: 1
        title: {en: New York City 311 requests, zh: 纽约市 311 诉求}
        rows: {en: requests, zh: 诉求}
        cases: {en: requests, zh: 诉求}

        format:
          type: json

        time:
          zone: America/New_York
          formats: ["yyyy-MM-dd'T'HH:mm:ss.S", "yyyy-MM-dd'T'HH:mm:ss"]

        null-words: ["", "?", "N/A", Unspecified]

        case: unique_key
        key: unique_key
        required: [created_date, agency, status]

        stages:
          created: {column: created_date, en: created, zh: 提交}
          updated: {column: resolution_action_updated_date, en: last updated, zh: 最近更新}
          closed: {column: closed_date, en: closed, zh: 办结}

        attributes:
          agency: {column: agency, type: choice, en: agency, zh: 承办部门}
          complaint: {column: complaint_type, type: choice, en: complaint, zh: 诉求类型}
          descriptor: {column: descriptor, en: descriptor, zh: 细类}
          status: {column: status, type: choice, en: status, zh: 状态}
          due: {column: due_date, type: time, en: due, zh: 期限}
          resolution: {column: resolution_description, en: resolution, zh: 处理结果}
          borough: {column: borough, type: choice, en: borough, zh: 行政区}
          channel: {column: open_data_channel_type, type: choice, en: channel, zh: 渠道}
          place: {column: incident_address, en: place, zh: 地点}
          location: {column: location, en: location, zh: 坐标}

        agency: agency
        place: place
        due: due

        report:
          counts: [status, agency, borough, channel]
          intervals:
            - {from: created, to: closed}
          late:
            - {stage: closed, due: due}

        """#

    private static let chicago311Open311 = #"""
        # Chicago 311 service requests, Open311 GeoReport v2 with extended attributes: JSON with a list of typed notes
        # in each request. One note is one step: opened, submitted, activity, follow_on_created, follow_on_closed,
        # closed. A follow-on is work handed to another agency, which its note names.
        name: chicago-311-open311
        version: 2
        title: {en: Chicago 311 requests with follow-ons, zh: 芝加哥 311 诉求与转办}
        rows: {en: notes, zh: 办理记录}
        cases: {en: requests, zh: 诉求}

        format:
          type: json
          rows: notes

        case: service_request_id
        key: [service_request_id, "notes.@index"]

        activity: notes.type
        at: notes.datetime

        attributes:
          agency:
            {column: notes.extended_attributes.agency_responsible, type: choice, en: follow-on agency, zh: 转办部门}
          owner: {column: agency_responsible, type: choice, en: agency responsible, zh: 主办部门}
          service: {column: service_name, type: choice, en: service, zh: 诉求类型}
          status: {column: status, type: choice, en: status, zh: 状态}
          outcome: {column: status_notes, en: outcome, zh: 处理结果}
          summary: {column: notes.summary, en: summary, zh: 摘要}
          description: {column: notes.description, en: description, zh: 说明}
          follow-on: {column: notes.extended_attributes.service_request_id, en: follow-on request, zh: 转办编号}
          follow-on-service:
            {column: notes.extended_attributes.service_name, type: choice, en: follow-on service, zh: 转办类型}
          channel: {column: extended_attributes.channel, type: choice, en: channel, zh: 渠道}
          ward: {column: extended_attributes.ward, type: choice, en: ward, zh: 选区}
          place: {column: address, en: place, zh: 地点}
          latitude: {column: lat, en: latitude, zh: 纬度}
          longitude: {column: long, en: longitude, zh: 经度}

        agency: agency
        place: place

        report:
          counts: [agency, service, status, channel]
          case-size: true

        """#

    private static let cap = #"""
        # Alerts of the Common Alerting Protocol (CAP 1.1 and 1.2), alone or in an envelope of EDXL-DE. One row is one
        # “info” of an alert: one hazard in one language. What the standard requires of an alert, and of an info where there
        # is one, is required here, so that wrong alerts are listed with what they lack.
        name: cap
        version: 2
        title: {en: Alerts, zh: 预警}
        rows: {en: alert infos, zh: 预警信息}
        cases: {en: alerts, zh: 预警}

        format:
          type: cap

        case: identifier
        key: [identifier, sender, sent, "info.@index"]
        required:
          - identifier
          - sender
          - sent
          - status
          - msgType
          - scope
          - info.category
          - info.event
          - info.urgency
          - info.severity
          - info.certainty

        stages:
          sent: {column: sent, en: sent, zh: 发布}
          effective: {column: info.effective, en: effective, zh: 生效}
          onset: {column: info.onset, en: onset, zh: 开始}
          expires: {column: info.expires, en: expires, zh: 失效}

        attributes:
          sender: {column: sender, en: sender, zh: 发布者}
          status: {column: status, type: choice, en: status, zh: 状态}
          message: {column: msgType, type: choice, en: message, zh: 消息类型}
          scope: {column: scope, type: choice, en: scope, zh: 范围}
          references: {column: references, en: references, zh: 引用}
          event: {column: info.event, type: choice, en: event, zh: 事件}
          category: {column: info.category, type: choice, en: category, zh: 类别}
          urgency: {column: info.urgency, type: choice, en: urgency, zh: 紧急程度}
          severity: {column: info.severity, type: choice, en: severity, zh: 严重程度}
          certainty: {column: info.certainty, type: choice, en: certainty, zh: 可能性}
          language: {column: info.language, en: language, zh: 语言}
          agency: {column: info.senderName, type: choice, en: agency, zh: 机构}
          headline: {column: info.headline, en: headline, zh: 标题}
          instruction: {column: info.instruction, en: instruction, zh: 指引}
          place: {column: info.area.areaDesc, en: area, zh: 区域}

        agency: agency
        place: place

        report:
          counts: [status, message, event, severity, agency]
          intervals:
            - {from: sent, to: onset}
            - {from: onset, to: expires}

        """#

    private static let capAtomIndex = #"""
        # Index of alerts: an Atom feed whose entries name an alert each, with elements of the Common Alerting Protocol beside
        # them, as weather services publish it. The alert itself lies where the link points and is read by the mapping cap. An
        # entry that several feeds hold is one; when it was updated between two of them, the later one is a revision.
        name: cap-atom-index
        version: 1
        title: {en: Index of alerts, zh: 预警索引}
        rows: {en: entries, zh: 条目}
        cases: {en: alerts, zh: 预警}

        format:
          type: atom

        case: id
        key: id
        required: [id, updated]

        stages:
          published: {column: published, en: published, zh: 发布}
          updated: {column: updated, en: last updated, zh: 最近更新}
          effective: {column: "cap:effective", en: effective, zh: 生效}
          expires: {column: "cap:expires", en: expires, zh: 失效}

        attributes:
          title: {column: title, en: title, zh: 标题}
          summary: {column: summary, en: summary, zh: 摘要}
          link: {column: link, en: link, zh: 链接}
          status: {column: "cap:status", type: choice, en: status, zh: 状态}
          message: {column: "cap:msgType", type: choice, en: message, zh: 消息类型}
          event: {column: "cap:event", type: choice, en: event, zh: 事件}
          category: {column: "cap:category", type: choice, en: category, zh: 类别}
          urgency: {column: "cap:urgency", type: choice, en: urgency, zh: 紧急程度}
          severity: {column: "cap:severity", type: choice, en: severity, zh: 严重程度}
          certainty: {column: "cap:certainty", type: choice, en: certainty, zh: 可能性}
          place: {column: "cap:areaDesc", en: area, zh: 区域}

        place: place

        report:
          counts: [status, message, event, severity]
          intervals:
            - {from: published, to: updated}
            - {from: effective, to: expires}

        """#

    private static let cloudevents = #"""
        # Any CloudEvents (cloudevents.io, JSON), one on each line or in an array, whose subject is the case and whose
        # type is what happened to it. An event is known by its source and id, as the standard says.
        name: cloudevents
        version: 1
        title: {en: Events, zh: 事件}
        rows: {en: events, zh: 事件}
        cases: {en: subjects, zh: 主题}

        format:
          type: cloudevents

        case: subject
        key: [source, id]

        activity: type
        at: time

        attributes:
          source: {column: source, type: choice, en: source, zh: 来源}
          data: {column: data, en: data, zh: 数据}

        report:
          counts: [source]
          case-size: true

        """#

    private static let wuhan2020 = #"""
        # Counts of cases by province and country, January and February 2020 (github.com/wuhan2020), JSON: an object
        # with one snapshot in each element of “results”. Counts are cumulative; times are milliseconds since 1970.
        # One snapshot is one row, and a region's snapshots are its case.
        name: wuhan-2020
        version: 1
        title: {en: Outbreak counts by region, zh: 各地区疫情统计}
        rows: {en: snapshots, zh: 快照}
        cases: {en: regions, zh: 地区}

        format:
          type: json
          rows: results

        time:
          formats: [epoch-milliseconds]

        case: results.provinceName
        key: [results.provinceName, results.updateTime]

        stages:
          updated: {column: results.updateTime, en: updated, zh: 更新}

        attributes:
          confirmed: {column: results.confirmedCount, type: integer, en: confirmed, zh: 确诊}
          suspected: {column: results.suspectedCount, type: integer, en: suspected, zh: 疑似}
          cured: {column: results.curedCount, type: integer, en: cured, zh: 治愈}
          dead: {column: results.deadCount, type: integer, en: dead, zh: 死亡}
          country: {column: results.country, type: choice, en: country, zh: 国家}
          region: {column: results.provinceShortName, type: choice, en: region, zh: 简称}
          comment: {column: results.comment, en: comment, zh: 说明}
          cities: {column: results.cities, en: cities, zh: 城市}

        place: region

        report:
          counts: [country, region]
          case-size: true

        """#
}
