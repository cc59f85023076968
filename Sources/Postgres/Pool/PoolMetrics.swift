import Metrics

/// What a pool tells about itself, labelled by its name.
struct PoolMetrics: Sendable {
    let inUse: Gauge
    let waiting: Gauge
    let waitDuration: Metrics.Timer
    let refused: Counter

    init(pool: String) {
        let dimensions = [("pool", pool)]
        inUse = Gauge(label: "postgres_pool_connections_in_use", dimensions: dimensions)
        waiting = Gauge(label: "postgres_pool_callers_waiting", dimensions: dimensions)
        waitDuration = Metrics.Timer(label: "postgres_pool_wait_duration_seconds", dimensions: dimensions)
        refused = Counter(label: "postgres_pool_refused_total", dimensions: dimensions)
    }
}
