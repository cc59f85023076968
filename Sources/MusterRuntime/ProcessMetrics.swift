import Metrics
import MusterGateway

/// The metrics of this process, set up on first use; `/metrics` shows them.
enum ProcessMetrics {
    static let registry: PrometheusRegistry = {
        let registry = PrometheusRegistry()
        MetricsSystem.bootstrap(registry)
        return registry
    }()
}
