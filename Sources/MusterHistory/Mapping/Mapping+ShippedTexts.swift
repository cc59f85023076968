// The text of the files in schemas/mappings, so that the binary needs no files beside it. A test holds the two
// together.

extension Mapping {
    /// The mappings that come with Muster, by name.
    static let shippedTexts = shippedTableTexts + shippedDocumentTexts + shippedEventLogTexts

    /// Those of CSV files.
    private static let shippedTableTexts: [(name: String, yaml: String)] = [
        ("sf-fire-calls", sanFranciscoFireCalls),
        ("nyc-311", newYork311),
        ("montgomery-911", montgomery911),
        ("receipt-phase", receiptPhase),
        ("running-example", runningExample),
        ("interval-log", intervalLog),
        ("servicenow-incidents", servicenowIncidents),
        ("godata-followups", godataFollowups),
        ("godata-cases", godataCases),
        ("godata-contacts", godataContacts),
        ("godata-relationships", godataRelationships),
        ("godata-events", godataEvents),
        ("godata-lab-results", godataLabResults),
        ("guatemala-followups", guatemalaFollowups),
    ]

    private static let sanFranciscoFireCalls = #"""
        # San Francisco Fire Department Calls for Service (data.sfgov.org, nuek-vuh3), CSV as the portal exports it.
        # One row is one unit sent to one call. Times are local.
        name: sf-fire-calls
        version: 3
        title: {en: San Francisco fire calls, zh: 旧金山消防出警}
        rows: {en: unit responses, zh: 出动记录}
        cases: {en: calls, zh: 报警}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: America/Los_Angeles
          formats: ["MM/dd/yyyy hh:mm:ss a"]

        null-words: ["", "?", "N/A"]

        case: Call Number
        key: RowID
        required: [Received DtTm, Unit ID]

        stages:
          received: {column: Received DtTm, en: received, zh: 接警}
          entered: {column: Entry DtTm, en: entered, zh: 录入}
          dispatched: {column: Dispatch DtTm, en: dispatched, zh: 派出}
          responding: {column: Response DtTm, en: responding, zh: 出发}
          on-scene: {column: On Scene DtTm, en: on scene, zh: 到场}
          transport: {column: Transport DtTm, en: transport, zh: 转运}
          hospital: {column: Hospital DtTm, en: at hospital, zh: 到院}
          available: {column: Available DtTm, en: available, zh: 归队}

        attributes:
          unit: {column: Unit ID, en: unit, zh: 车组}
          unit-type: {column: Unit Type, type: choice, en: unit type, zh: 车组类型}
          incident: {column: Incident Number, en: incident, zh: 事件编号}
          call-type: {column: Call Type, type: choice, en: call type, zh: 警情类型}
          disposition: {column: Call Final Disposition, type: choice, en: disposition, zh: 处置结果}
          priority: {column: Final Priority, type: choice, en: final priority, zh: 最终优先级}
          battalion: {column: Battalion, type: choice, en: battalion, zh: 大队}
          district: {column: Supervisor District, type: choice, en: supervisor district, zh: 行政区}
          neighbourhood: {column: Neighborhooods - Analysis Boundaries, type: choice, en: neighbourhood, zh: 街区}
          place: {column: Address, en: place, zh: 地点}
          location: {column: Location, en: location, zh: 坐标}
          sequence: {column: Unit sequence in call dispatch, type: integer, en: unit sequence, zh: 派出次序}

        agency: unit-type
        resource: unit
        place: neighbourhood
        # Units are fire engines and ambulances.
        personal: []

        report:
          counts: [priority, call-type, unit-type]
          intervals:
            - {from: received, to: dispatched}
            - {from: dispatched, to: responding}
            - {from: responding, to: on-scene}
            - {from: received, to: on-scene}
          case-size: true

        """#

    private static let newYork311 = #"""
        # New York City 311 service requests (data.cityofnewyork.us, erm2-nwe9), CSV as the portal exports it.
        # One row is one request. Times are local. Some requests were closed before they were created: they are kept and
        # counted.
        name: nyc-311
        version: 2
        title: {en: New York City 311 requests, zh: 纽约市 311 诉求}
        rows: {en: requests, zh: 诉求}
        cases: {en: requests, zh: 诉求}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: America/New_York
          formats: ["MM/dd/yyyy hh:mm:ss a"]

        null-words: ["", "?", "N/A"]

        case: Unique Key
        key: Unique Key
        required: [Created Date, Agency, Status]

        stages:
          created: {column: Created Date, en: created, zh: 提交}
          updated: {column: Resolution Action Updated Date, en: last updated, zh: 最近更新}
          closed: {column: Closed Date, en: closed, zh: 办结}

        attributes:
          agency: {column: Agency, type: choice, en: agency, zh: 承办部门}
          complaint: {column: Complaint Type, type: choice, en: complaint, zh: 诉求类型}
          descriptor: {column: Descriptor, en: descriptor, zh: 细类}
          status: {column: Status, type: choice, en: status, zh: 状态}
          due: {column: Due Date, type: time, en: due, zh: 期限}
          resolution: {column: Resolution Description, en: resolution, zh: 处理结果}
          borough: {column: Borough, type: choice, en: borough, zh: 行政区}
          channel: {column: Open Data Channel Type, type: choice, en: channel, zh: 渠道}
          place: {column: Incident Address, en: place, zh: 地点}
          location: {column: Location, en: location, zh: 坐标}

        agency: agency
        place: borough
        due: due

        report:
          counts: [status, agency, borough, channel]
          intervals:
            - {from: created, to: closed}
          late:
            - {stage: closed, due: due}

        """#

    private static let montgomery911 = #"""
        # Montgomery County (Pennsylvania) 911 calls, CSV without a header. One row is one call. Times are local. Calls have no
        # number: equal rows are different calls of the same minute.
        name: montgomery-911
        version: 1
        title: {en: Montgomery County 911 calls, zh: 蒙哥马利县 911 报警}
        rows: {en: calls, zh: 报警}
        cases: {en: calls, zh: 报警}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: false
          columns: [latitude, longitude, type, time, township, address]

        time:
          zone: America/New_York
          formats: ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"]

        required: [type]

        stages:
          received: {column: time, en: received, zh: 接警}

        attributes:
          category: {column: type, before: ": ", type: choice, en: category, zh: 大类}
          call-type: {column: type, after: ": ", type: choice, en: call type, zh: 警情类型}
          township: {column: township, type: choice, en: township, zh: 乡镇}
          address: {column: address, en: address, zh: 地址}
          latitude: {column: latitude, en: latitude, zh: 纬度}
          longitude: {column: longitude, en: longitude, zh: 经度}

        agency: category
        place: township

        report:
          counts: [category, township]

        """#
}
