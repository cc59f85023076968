// The text of files in schemas/mappings, so that the binary needs no files beside it. A test holds the two together.

extension Mapping {
    static let godataFollowups = #"""
        # Follow-ups of contacts in Go.Data (World Health Organization), CSV as its R reporting scripts write it. One row is one
        # visit that was due to a contact on a day. Dates say no zone and are taken as UTC.
        name: godata-followups
        version: 4
        title: {en: Follow-ups of contacts, zh: 接触者随访}
        rows: {en: follow-ups, zh: 随访}
        cases: {en: contacts, zh: 接触者}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: UTC
          formats: [yyyy-MM-dd]

        null-words: ["", NA]

        case: contact_uuid
        key: uuid

        activity: followup_status
        at: date_of_followup

        attributes:
          contact: {column: contact_id, en: contact, zh: 接触者编号}
          status: {column: followup_status, type: choice, en: status, zh: 状态}
          day: {column: followup_number, type: integer, en: day of the follow-up, zh: 随访第几天}
          entered: {column: date_of_data_entry, type: time, en: entered, zh: 录入}
          team: {column: team_id, type: choice, en: team, zh: 工作组}
          performed: {column: performed, type: choice, en: performed, zh: 是否完成}
          seen: {column: seen, type: choice, en: seen, zh: 是否见到}
          region: {column: admin_1_name, type: choice, en: region, zh: 地区}
          district: {column: admin_2_name, type: choice, en: district, zh: 区县}

        agency: team
        place: district
        recorded: entered
        personal: [case, contact]

        report:
          counts: [status, performed, seen]
          case-size: true

        """#

    static let godataCases = #"""
        # Cases of an outbreak in Go.Data (World Health Organization), CSV as its R reporting scripts write it. One row is one
        # person who fell ill; names and telephone numbers are left out. Dates say no zone and are taken as UTC.
        name: godata-cases
        version: 4
        title: {en: Cases of an outbreak, zh: 疫情病例}
        rows: {en: cases, zh: 病例}
        cases: {en: cases, zh: 病例}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: UTC
          formats: [yyyy-MM-dd]

        null-words: ["", NA]

        case: uuid
        key: uuid

        stages:
          last-contact: {column: date_of_last_contact, en: last contact, zh: 最后接触}
          infection: {column: date_of_infection, en: infection, zh: 感染}
          onset: {column: date_of_onset, en: onset, zh: 发病}
          hospitalized: {column: hospitalization_startdate, en: hospitalized, zh: 入院}
          reported: {column: date_of_reporting, en: reported, zh: 报告}
          became-case: {column: date_become_case, en: became a case, zh: 转为病例}
          discharged: {column: hospitalization_enddate, en: discharged, zh: 出院}
          outcome: {column: date_of_outcome, en: outcome, zh: 转归}

        attributes:
          number: {column: case_id, en: number, zh: 编号}
          classification: {column: classification, type: choice, en: classification, zh: 分类}
          outcome-kind: {column: outcome_id, type: choice, en: outcome, zh: 转归结果}
          gender: {column: gender, type: choice, en: gender, zh: 性别}
          age-class: {column: age_class, type: choice, en: age class, zh: 年龄段}
          occupation: {column: occupation, type: choice, en: occupation, zh: 职业}
          risk: {column: risk_level, type: choice, en: risk, zh: 风险}
          was-contact: {column: was_contact, type: choice, en: was a contact, zh: 曾为接触者}
          source: {column: source_visualid, en: source, zh: 传染源}
          contacts: {column: contacts_per_case, type: integer, en: contacts, zh: 接触者人数}
          entered: {column: date_of_data_entry, type: time, en: entered, zh: 录入}
          region: {column: admin_1_name, type: choice, en: region, zh: 地区}
          district: {column: admin_2_name, type: choice, en: district, zh: 区县}

        place: district
        recorded: entered
        personal: [case, number, source]

        report:
          counts: [classification, outcome-kind, gender, region]
          intervals:
            - {from: onset, to: reported}
            - {from: onset, to: hospitalized}
            - {from: hospitalized, to: discharged}
            - {from: onset, to: outcome}

        """#

    static let guatemalaFollowups = #"""
        # Follow-ups of contacts in Guatemala (Go.Data, 2020), CSV as the national dashboard published it. One row is one
        # follow-up. Times are local.
        name: guatemala-followups
        version: 1
        title: {en: Follow-ups in Guatemala, zh: 危地马拉随访}
        rows: {en: follow-ups, zh: 随访}
        cases: {en: follow-ups, zh: 随访}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: America/Guatemala
          formats: ["yyyy/MM/dd HH:mm:ss"]

        case: ID
        key: ID
        required: [Estado]

        stages:
          created: {column: Creado En, en: created, zh: 创建}

        attributes:
          status: {column: Estado, type: choice, en: status, zh: 状态}

        report:
          counts: [status]

        """#
}
