extension Engine {
    /// Every engine that is known by its variables. Azure Batch and HTCondor pass index and count as arguments.
    static let all = [
        Engine(
            "Slurm", index: ["SLURM_ARRAY_TASK_ID"],
            .range(
                first: "SLURM_ARRAY_TASK_MIN", last: "SLURM_ARRAY_TASK_MAX", step: "SLURM_ARRAY_TASK_STEP",
                count: "SLURM_ARRAY_TASK_COUNT")),
        Engine("Kubernetes", index: ["JOB_COMPLETION_INDEX"], .from(0, count: nil)),
        Engine("AWS Batch", index: ["AWS_BATCH_JOB_ARRAY_INDEX"], .from(0, count: "AWS_BATCH_JOB_ARRAY_SIZE")),
        Engine("Cloud Run", index: ["CLOUD_RUN_TASK_INDEX"], .from(0, count: "CLOUD_RUN_TASK_COUNT")),
        Engine("LSF", index: ["LSB_JOBINDEX"], outside: "0", .from(1, count: nil)),
        Engine("PBS", index: ["PBS_ARRAY_INDEX", "PBS_ARRAYID"], .fromEither),
        Engine(
            "Grid Engine", index: ["SGE_TASK_ID"], outside: "undefined",
            .range(first: "SGE_TASK_FIRST", last: "SGE_TASK_LAST", step: "SGE_TASK_STEPSIZE", count: nil)),
        Engine("HyperQueue", index: ["HQ_TASK_ID"], .fromEither),
        Engine("GNU parallel", index: ["PARALLEL_SEQ"], .from(1, count: nil)),
        Engine("GitLab CI", index: ["CI_NODE_INDEX"], .from(1, count: "CI_NODE_TOTAL")),
        Engine("CircleCI", index: ["CIRCLE_NODE_INDEX"], .from(0, count: "CIRCLE_NODE_TOTAL")),
    ]
}
