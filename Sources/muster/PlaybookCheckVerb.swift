import ArgumentParser
import MusterDomain
import Records

/// Says what is wrong with playbooks.
struct PlaybookCheckVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what is wrong with playbooks, line by line.",
        discussion: """
            schemas/playbooks/README.md says what a playbook holds. Ends with 0 when all can be published, 65 when \
            something is wrong.

              muster playbook check schemas/playbooks/gas-leak.yaml
            """
    )

    @Option(help: "en or zh.")
    var language = Language.en

    @Argument(help: "YAML files.")
    var files: [String]

    func run() throws {
        var isGood = true
        for path in files {
            guard let playbook = try PlaybookFile(path).playbook(language) else {
                isGood = false
                continue
            }
            let count = playbook.groups.reduce(0) { $0 + $1.steps.count }
            let words = Words(
                "\(path): \(playbook.nameEN), version \(playbook.version), \(playbook.groups.count) groups, \(count) steps",
                zh: "\(path)：\(playbook.nameZH)，第 \(playbook.version) 版，\(playbook.groups.count) 个工作组，\(count) 个步骤"
            )
            print(words[language])
        }
        if !isGood { throw ExitCode(65) }
    }
}
