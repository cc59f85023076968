// The text of files in schemas/mappings, so that the binary needs no files beside it. A test holds the two together.

extension Mapping {
    static let receiptPhase = #"""
        # The receipt phase of permits of a Dutch municipality (CoSeLoG), CSV as pm4py writes it. One row is one task that was
        # completed. Times say their offset.
        name: receipt-phase
        version: 2
        title: {en: Receipt phase of permits, zh: 许可受理环节}
        rows: {en: tasks, zh: 任务}
        cases: {en: applications, zh: 申请}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          formats: ["yyyy-MM-dd HH:mm:ss.SXXX", "yyyy-MM-dd HH:mm:ssXXX"]

        case: case:concept:name
        key: concept:instance

        activity: concept:name
        at: time:timestamp

        # When the application was decided: no step of its own, and what its deadline is for.
        stages:
          ended: {column: "case:enddate", en: ended, zh: 结案}

        attributes:
          group: {column: "org:group", type: choice, en: group, zh: 小组}
          resource: {column: "org:resource", type: choice, en: resource, zh: 人员}
          transition: {column: "lifecycle:transition", type: choice, en: transition, zh: 状态转换}
          channel: {column: "case:channel", type: choice, en: channel, zh: 渠道}
          department: {column: "case:department", type: choice, en: department, zh: 部门}
          responsible: {column: "case:responsible", type: choice, en: responsible, zh: 责任人}
          case-group: {column: "case:group", type: choice, en: group of the case, zh: 案件小组}
          opened: {column: "case:startdate", type: time, en: opened, zh: 立案}
          planned-end: {column: "case:enddate_planned", type: time, en: planned end, zh: 计划结案}
          deadline: {column: "case:deadline", type: time, en: deadline, zh: 期限}

        agency: group
        resource: resource
        due: deadline
        personal: [resource, responsible]

        report:
          counts: [channel, department, group]
          late:
            - {stage: ended, due: deadline}
          case-size: true

        """#

    static let runningExample = #"""
        # The running example of process mining (requests for compensation), CSV as pm4py writes it. One row is one event.
        # Times say their offset.
        name: running-example
        version: 1
        title: {en: Running example, zh: 流程挖掘示例}
        rows: {en: events, zh: 事件}
        cases: {en: requests, zh: 请求}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          formats: ["yyyy-MM-dd HH:mm:ssXXX"]

        case: case:concept:name
        activity: concept:name
        at: time:timestamp

        attributes:
          resource: {column: "org:resource", type: choice, en: resource, zh: 人员}
          costs: {column: Costs, type: integer, en: costs, zh: 费用}
          creator: {column: "case:creator", type: choice, en: creator, zh: 创建者}

        resource: resource

        report:
          counts: [resource]
          case-size: true

        """#

    static let intervalLog = #"""
        # An event log whose activities have a beginning and an end, CSV as pm4py writes it. One row is one activity. Times say
        # their offset.
        name: interval-log
        version: 1
        title: {en: Log of activities with beginning and end, zh: 含起止时间的事件日志}
        rows: {en: activities, zh: 活动}
        cases: {en: cases, zh: 案例}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          formats: ["yyyy-MM-dd HH:mm:ssXXX", "yyyy-MM-dd HH:mm:ss.SXXX"]

        case: case:concept:name
        activity: concept:name
        at: time:timestamp
        started: start_timestamp

        report:
          case-size: true

        """#

    static let servicenowIncidents = #"""
        # Incidents of a ServiceNow service desk (UCI "Incident management process enriched event log"), CSV. One row is one
        # update of an incident. Times say no zone and are taken as UTC. A question mark is a field of which nothing is known.
        name: servicenow-incidents
        version: 1
        title: {en: Service desk incidents, zh: 服务台事件}
        rows: {en: updates, zh: 更新}
        cases: {en: incidents, zh: 事件}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: UTC
          formats: ["dd-MM-yyyy HH:mm", "d/M/yyyy HH:mm"]

        null-words: ["", "?"]

        case: number

        activity: incident_state
        at: sys_updated_at

        attributes:
          group: {column: assignment_group, type: choice, en: group, zh: 处理组}
          assigned-to: {column: assigned_to, type: choice, en: assigned to, zh: 处理人}
          location: {column: location, type: choice, en: location, zh: 地点}
          category: {column: category, type: choice, en: category, zh: 大类}
          subcategory: {column: subcategory, type: choice, en: subcategory, zh: 细类}
          priority: {column: priority, type: choice, en: priority, zh: 优先级}
          impact: {column: impact, type: choice, en: impact, zh: 影响}
          urgency: {column: urgency, type: choice, en: urgency, zh: 紧急程度}
          contact: {column: contact_type, type: choice, en: contact, zh: 受理渠道}
          active: {column: active, type: choice, en: active, zh: 是否在办}
          made-sla: {column: made_sla, type: choice, en: within its time limit, zh: 是否在时限内}
          reassigned: {column: reassignment_count, type: integer, en: times reassigned, zh: 转派次数}
          reopened: {column: reopen_count, type: integer, en: times reopened, zh: 重开次数}
          modified: {column: sys_mod_count, type: integer, en: times modified, zh: 修改次数}
          closed-code: {column: closed_code, type: choice, en: closing code, zh: 关闭代码}
          opened: {column: opened_at, type: time, en: opened, zh: 提交}
          resolved: {column: resolved_at, type: time, en: resolved, zh: 解决}
          closed: {column: closed_at, type: time, en: closed, zh: 关闭}

        agency: group
        resource: assigned-to
        place: location

        report:
          counts: [priority, made-sla, active, contact]
          case-size: true

        """#
}
