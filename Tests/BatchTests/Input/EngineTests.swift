import Platform
import Testing

@testable import Batch

/// A task's variables by the documentation of the engine.
struct EngineArray: Sendable, CustomTestStringConvertible {
    let name: String
    /// What is given as `--shard`.
    let choice: String
    let tasks: [[String: String]]

    var testDescription: String { name }

    private init(_ name: String, choice: String = "auto", _ indices: [Int], _ variables: (Int) -> [String: String]) {
        (self.name, self.choice, tasks) = (name, choice, indices.map(variables))
    }

    static func slurm(
        _ name: String, choice: String = "auto", _ indices: [Int], min: Int, max: Int, step: Int, count: Int
    ) -> EngineArray {
        EngineArray("Slurm \(name)", choice: choice, indices) {
            [
                "SLURM_ARRAY_TASK_ID": "\($0)", "SLURM_ARRAY_TASK_MIN": "\(min)", "SLURM_ARRAY_TASK_MAX": "\(max)",
                "SLURM_ARRAY_TASK_STEP": "\(step)", "SLURM_ARRAY_TASK_COUNT": "\(count)",
            ]
        }
    }

    static let all: [EngineArray] = [
        slurm("0-7", Array(0...7), min: 0, max: 7, step: 1, count: 8),
        slurm("1-8", Array(1...8), min: 1, max: 8, step: 1, count: 8),
        slurm("10-50:10", [10, 20, 30, 40, 50], min: 10, max: 50, step: 10, count: 5),
        slurm("0-10:3", [0, 3, 6, 9], min: 0, max: 10, step: 3, count: 4),
        slurm("0-3, the count given", choice: "auto/4", Array(0...3), min: 0, max: 3, step: 1, count: 4),
        slurm("2-4, the count given", choice: "auto/3", [2, 3, 4], min: 2, max: 4, step: 1, count: 3),
        slurm("4", choice: "auto/1", [4], min: 4, max: 4, step: 1, count: 1),
        EngineArray("Kubernetes", choice: "auto/5", Array(0..<5)) { ["JOB_COMPLETION_INDEX": "\($0)"] },
        EngineArray("AWS Batch", Array(0..<6)) {
            ["AWS_BATCH_JOB_ARRAY_INDEX": "\($0)", "AWS_BATCH_JOB_ARRAY_SIZE": "6"]
        },
        EngineArray("Cloud Run", Array(0..<4)) {
            ["CLOUD_RUN_TASK_INDEX": "\($0)", "CLOUD_RUN_TASK_COUNT": "4", "CLOUD_RUN_TASK_ATTEMPT": "0"]
        },
        EngineArray("LSF", choice: "auto/4", Array(1...4)) { ["LSB_JOBINDEX": "\($0)", "LSB_JOBINDEX_END": "4"] },
        EngineArray("PBS from 0", choice: "auto/4", Array(0..<4)) { ["PBS_ARRAY_INDEX": "\($0)"] },
        EngineArray("PBS from 1", choice: "auto/4", Array(1...4)) { ["PBS_ARRAY_INDEX": "\($0)"] },
        EngineArray("Torque", choice: "auto/3", Array(1...3)) { ["PBS_ARRAYID": "\($0)"] },
        EngineArray("Grid Engine", [2, 4, 6]) {
            ["SGE_TASK_ID": "\($0)", "SGE_TASK_FIRST": "2", "SGE_TASK_LAST": "7", "SGE_TASK_STEPSIZE": "2"]
        },
        EngineArray("HyperQueue", choice: "auto/3", Array(1...3)) { ["HQ_TASK_ID": "\($0)"] },
        EngineArray("GNU parallel", choice: "auto/3", Array(1...3)) { ["PARALLEL_SEQ": "\($0)"] },
        EngineArray("GitLab CI", Array(1...3)) { ["CI_NODE_INDEX": "\($0)", "CI_NODE_TOTAL": "3"] },
        EngineArray("CircleCI", Array(0..<3)) { ["CIRCLE_NODE_INDEX": "\($0)", "CIRCLE_NODE_TOTAL": "3"] },
    ]
}

@Suite("The variables of engines")
struct EngineTests {
    private func resolve(_ choice: String, _ variables: [String: String]) throws -> (shard: Shard, note: Message?) {
        try ShardChoice(parsing: Array(choice.utf8)).resolve { variables[$0].map { Array($0.utf8) } }
    }

    private func problem(_ choice: String, _ variables: [String: String]) -> String {
        do {
            let shard = try resolve(choice, variables).shard
            return "shard \(shard.number)/\(shard.count)"
        } catch let error as ShardError {
            return error.problem.text(masking: Secrets())
        } catch {
            return "\(error)"
        }
    }

    @Test("give each task of an array another part of the whole", arguments: EngineArray.all)
    func arrays(array: EngineArray) throws {
        let shards = try array.tasks.map { try resolve(array.choice, $0).shard }
        #expect(shards.map(\.count) == array.tasks.map { _ in array.tasks.count })
        #expect(shards.map(\.number).sorted() == Array(1...array.tasks.count))
    }

    @Test("never make one part of a missing count", arguments: EngineArray.all)
    func missingCount(array: EngineArray) throws {
        let task = try #require(array.tasks.last)
        let index = try #require(
            Engine.all.flatMap(\.index).first { task[$0] != nil }, "the engine is not in the table")
        #expect(throws: ShardError.self) { try resolve("auto", [index: task[index] ?? ""]) }
    }

    @Test("are named in the note")
    func note() throws {
        let note = try resolve("auto", ["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "3"]).note
        #expect(note?.text(masking: Secrets()) == "shard 2 of 3, from GitLab CI (CI_NODE_INDEX=2, CI_NODE_TOTAL=3)")
        #expect(try resolve("2/3", ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "3"]).note == nil)
        #expect(try resolve("2/3", [:]).shard == Shard(number: 2, count: 3))
    }

    @Test(
        "that do not say which part it is are refused",
        arguments: [
            ("auto", [:], "no variable says which task of an array it is"),
            ("auto/4", [:], "no variable says which task of an array it is"),
            ("auto", ["CI_NODE_TOTAL": "1"], "no variable says which task of an array it is"),
            ("auto", ["SGE_TASK_ID": "undefined"], "no variable says which task of an array it is"),
            ("auto/4", ["LSB_JOBINDEX": "0"], "no variable says which task of an array it is"),
            ("auto/4", ["JOB_COMPLETION_INDEX": ""], "no variable says which task of an array it is"),
            (
                "auto", ["JOB_COMPLETION_INDEX": "3"],
                "Kubernetes has no variable with the number of tasks"
            ),
            ("auto/3", ["JOB_COMPLETION_INDEX": "3"], "JOB_COMPLETION_INDEX=3 is not one of 3 tasks"),
            ("auto/3", ["PARALLEL_SEQ": "4"], "PARALLEL_SEQ=4 is not one of 3 tasks"),
            ("auto/3", ["PBS_ARRAY_INDEX": "4"], "PBS_ARRAY_INDEX=4 is not one of 3 tasks"),
            ("auto/3", ["PBS_ARRAY_INDEX": "x"], "PBS_ARRAY_INDEX: 'x' is not a whole number"),
            ("auto", ["CI_NODE_INDEX": "2"], "CI_NODE_INDEX is set, but not CI_NODE_TOTAL"),
            (
                "auto", ["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "3"],
                "CI_NODE_INDEX=0 is not one of 3 tasks"
            ),
            (
                "auto", ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "0"],
                "CI_NODE_INDEX=1 is not one of 0 tasks"
            ),
            (
                "auto/4", ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "3"],
                "auto/4, but GitLab CI has 3 tasks (CI_NODE_INDEX=1, CI_NODE_TOTAL=3)"
            ),
            (
                "auto/3", ["PARALLEL_SEQ": "1", "JOB_COMPLETION_INDEX": "1"],
                "Kubernetes (JOB_COMPLETION_INDEX) and GNU parallel (PARALLEL_SEQ) each say which task it is"
            ),
        ] as [(String, [String: String], String)])
    func refused(choice: String, variables: [String: String], problem: String) {
        #expect(self.problem(choice, variables) == problem)
    }

    @Test("of a Slurm array with gaps are refused, whatever the gaps look like")
    func sparse() {
        for (index, last, step, count) in [(1, 7, 1, 3), (3, 7, 2, 3), (7, 7, 0, 3), (1, 7, 6, 3)] {
            let variables = [
                "SLURM_ARRAY_TASK_ID": "\(index)", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "\(last)",
                "SLURM_ARRAY_TASK_STEP": "\(step)", "SLURM_ARRAY_TASK_COUNT": "\(count)",
            ]
            #expect(
                problem("auto", variables)
                    == "the Slurm array leaves indices out, so that the place of SLURM_ARRAY_TASK_ID=\(index) "
                    + "among them can't be known")
            #expect(problem("auto/7", variables).contains("leaves indices out"))
        }
    }

    @Test("of a task that was submitted again alone need the count, and then name the part that it had")
    func alone() throws {
        for (first, indices) in [(0, Array(0...3)), (1, Array(1...4))] {
            let whole = EngineArray.slurm("", indices, min: first, max: first + 3, step: 1, count: 4).tasks
            for (task, index) in zip(whole, indices) {
                let alone = EngineArray.slurm("", [index], min: index, max: index, step: 1, count: 1).tasks[0]
                #expect(problem("auto", alone).hasPrefix("this is the only task of its Slurm array (SLURM_ARRAY_TASK"))
                #expect(try resolve("auto/4", alone).shard == resolve("auto/4", task).shard)
            }
        }
        let beyond = EngineArray.slurm("", [5], min: 5, max: 5, step: 1, count: 1).tasks[0]
        #expect(problem("auto/4", beyond) == "SLURM_ARRAY_TASK_ID=5 is not one of 4 tasks")
        let grid = ["SGE_TASK_ID": "3", "SGE_TASK_FIRST": "3", "SGE_TASK_LAST": "3", "SGE_TASK_STEPSIZE": "1"]
        #expect(problem("auto", grid).hasPrefix("this is the only task of its Grid Engine array"))
        #expect(try resolve("auto/4", grid).shard == Shard(number: 3, count: 4))
    }

    @Test("that contradict each other are refused")
    func contradictions() {
        var variables = ["SGE_TASK_ID": "3", "SGE_TASK_FIRST": "2", "SGE_TASK_LAST": "8", "SGE_TASK_STEPSIZE": "2"]
        #expect(problem("auto", variables).contains("not the indices of one array"))
        variables["SGE_TASK_ID"] = "10"
        #expect(problem("auto", variables).contains("is not one of 4 tasks"))
        variables["SGE_TASK_LAST"] = "1"
        #expect(problem("auto", variables).contains("is not one of 0 tasks"))
        variables["SGE_TASK_LAST"] = nil
        #expect(problem("auto", variables) == "SGE_TASK_ID is set, but not SGE_TASK_LAST")
    }
}
