// The text of files in schemas/mappings, so that the binary needs no files beside it. A test holds the two together.

extension Mapping {
    static let godataContacts = #"""
        # Contacts of cases in Go.Data (World Health Organization), CSV as its R reporting scripts write it. One row is one
        # person who was near a case; names, addresses and telephone numbers are left out. Dates say no zone and are taken as
        # UTC. Contacts, their follow-ups and relationships, cases and laboratory results name the same persons, so that
        # imported into one log they stand in the streams of these.
        name: godata-contacts
        version: 2
        title: {en: Contacts of cases, zh: 密切接触者}
        rows: {en: contacts, zh: 接触者}
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

        case: uuid
        key: uuid

        stages:
          last-contact: {column: date_of_last_contact, en: last contact, zh: 最后接触}
          reported: {column: date_of_reporting, en: reported, zh: 报告}
          follow-up-start: {column: date_of_followup_start, en: follow-up begins, zh: 随访开始}
          follow-up-end: {column: date_of_followup_end, en: follow-up ends, zh: 随访结束}

        attributes:
          number: {column: contact_id, en: number, zh: 编号}
          status: {column: contact_status, type: choice, en: status, zh: 状态}
          active: {column: active, type: choice, en: active, zh: 有效}
          was-case: {column: was_case, type: choice, en: was a case, zh: 曾为病例}
          gender: {column: gender, type: choice, en: gender, zh: 性别}
          age-class: {column: age_class, type: choice, en: age class, zh: 年龄段}
          occupation: {column: occupation, type: choice, en: occupation, zh: 职业}
          risk: {column: risk_level, type: choice, en: risk, zh: 风险}
          entered: {column: date_of_data_entry, type: time, en: entered, zh: 录入}
          region: {column: admin_1_name, type: choice, en: region, zh: 地区}
          district: {column: admin_2_name, type: choice, en: district, zh: 区县}

        place: district
        recorded: entered
        personal: [case, number]

        report:
          counts: [status, gender, age-class, region]
          intervals:
            - {from: last-contact, to: follow-up-start}
            - {from: follow-up-start, to: follow-up-end}

        """#

    static let godataRelationships = #"""
        # Relationships in Go.Data (World Health Organization), CSV as its R reporting scripts write it: who was exposed to
        # whom. One row is one exposure of a person, who is the case here, to a source; several rows of a person are several
        # sources. Dates say no zone and are taken as UTC.
        name: godata-relationships
        version: 2
        title: {en: Exposures, zh: 接触关系}
        rows: {en: exposures, zh: 接触关系}
        cases: {en: persons exposed, zh: 接触者}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        time:
          zone: UTC
          formats: [yyyy-MM-dd]

        null-words: ["", NA]

        case: target_uuid
        key: uuid
        required: [source_uuid]

        stages:
          last-contact: {column: date_of_last_contact, en: last contact, zh: 最后接触}

        attributes:
          source: {column: source_uuid, en: source, zh: 传染源}
          source-number: {column: source_visualid, en: number of the source, zh: 传染源编号}
          number: {column: target_visualid, en: number, zh: 编号}
          exposure: {column: exposure_type, type: choice, en: exposure, zh: 接触方式}
          context: {column: context_of_exposure, type: choice, en: context, zh: 接触场所}
          frequency: {column: exposure_frequency, type: choice, en: frequency, zh: 接触频次}
          duration: {column: exposure_duration, type: choice, en: duration, zh: 接触时长}
          certainty: {column: certainty_level, type: choice, en: certainty, zh: 确定程度}
          relation: {column: relation_detail, en: relation, zh: 关系}
          cluster: {column: cluster, en: cluster, zh: 聚集性疫情}
          estimated: {column: is_contact_date_estimated, type: choice, en: date is estimated, zh: 日期为估计}
          entered: {column: date_of_data_entry, type: time, en: entered, zh: 录入}

        recorded: entered
        personal: [case, source, source-number, number]

        report:
          counts: [exposure, context, certainty]
          case-size: true

        """#

    static let godataEvents = #"""
        # Events in Go.Data (World Health Organization), CSV as its R reporting scripts write it: gatherings and places at which
        # people were exposed. One row is one event. Dates say no zone and are taken as UTC.
        name: godata-events
        version: 1
        title: {en: Events of exposure, zh: 暴露事件}
        rows: {en: events, zh: 事件}
        cases: {en: events, zh: 事件}

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
          happened: {column: date_of_event, en: happened, zh: 发生}
          reported: {column: date_of_reporting, en: reported, zh: 报告}

        attributes:
          name: {column: event_name, en: name, zh: 名称}
          description: {column: description, en: description, zh: 说明}
          entered: {column: date_of_data_entry, type: time, en: entered, zh: 录入}
          region: {column: admin_1_name, type: choice, en: region, zh: 地区}
          district: {column: admin_2_name, type: choice, en: district, zh: 区县}

        place: district
        recorded: entered

        report:
          counts: [region, district]
          intervals:
            - {from: happened, to: reported}

        """#

    static let godataLabResults = #"""
        # Laboratory results in Go.Data (World Health Organization), CSV as its R reporting scripts write it. One row is one
        # sample of a person; names are left out. Words are those of Go.Data's reference data.
        name: godata-lab-results
        version: 2
        title: {en: Laboratory results, zh: 实验室检测}
        rows: {en: samples, zh: 样本}
        cases: {en: persons, zh: 人员}

        format:
          type: csv
          encoding: utf-8
          delimiter: ","
          header: true

        null-words: ["", NA]

        case: personId
        key: id

        stages:
          taken: {column: dateSampleTaken, en: taken, zh: 采样}
          delivered: {column: dateSampleDelivered, en: delivered, zh: 送达}
          tested: {column: dateTesting, en: tested, zh: 检测}
          result: {column: dateOfResult, en: result, zh: 出结果}

        attributes:
          sample: {column: sampleIdentifier, en: sample, zh: 样本编号}
          number: {column: person.visualId, en: number of the person, zh: 人员编号}
          outcome: {column: result, type: choice, en: outcome, zh: 检测结果}
          status: {column: status, type: choice, en: status, zh: 状态}
          sample-type: {column: sampleType, type: choice, en: kind of sample, zh: 样本类型}
          test: {column: testType, type: choice, en: test, zh: 检测方法}
          laboratory: {column: labName, type: choice, en: laboratory, zh: 实验室}
          classification: {column: person.classification, type: choice, en: classification, zh: 分类}
          onset: {column: person.dateOfOnset, type: time, en: onset, zh: 发病}
          entered: {column: createdAt, type: time, en: entered, zh: 录入}

        agency: laboratory
        recorded: entered
        personal: [case, sample, number]

        report:
          counts: [outcome, classification, laboratory]
          intervals:
            - {from: taken, to: delivered}
            - {from: delivered, to: tested}
            - {from: tested, to: result}
            - {from: taken, to: result}
          case-size: true

        """#
}
