import Metrics
import MusterGateway
import Testing

@Suite struct PrometheusRegistryTests {
    private let registry = PrometheusRegistry()

    @Test func `A counter is printed with its labels`() {
        let counter = Counter(label: "muster_things_total", dimensions: [("kind", "a\"b")], factory: registry)
        counter.increment(by: 3)
        #expect(registry.text() == "# TYPE muster_things_total counter\nmuster_things_total{kind=\"a\\\"b\"} 3\n")
    }

    @Test func `The same name and labels share one series`() {
        Counter(label: "n", dimensions: [], factory: registry).increment()
        Counter(label: "n", dimensions: [], factory: registry).increment()
        #expect(registry.text().contains("\nn 2\n"))
    }

    @Test func `A timer becomes a histogram in seconds whose buckets add up`() {
        let timer = Timer(label: "t", dimensions: [], preferredDisplayUnit: .seconds, factory: registry)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(20_000_000_000)
        let text = registry.text()
        #expect(text.contains("t_bucket{le=\"0.001\"} 0\nt_bucket{le=\"0.0025\"} 1\n"))
        #expect(text.contains("t_bucket{le=\"10\"} 1\nt_bucket{le=\"+Inf\"} 2\n"))
        #expect(text.contains("t_sum 20.002\nt_count 2\n"))
    }

    @Test func `A gauge keeps the last value`() {
        let gauge = Gauge(label: "g", dimensions: [], factory: registry)
        gauge.record(1)
        gauge.record(7)
        #expect(registry.text().contains("# TYPE g gauge\ng 7\n"))
    }

    @Test func `Labels without end are counted under other`() {
        for number in 0..<600 {
            Counter(label: "many", dimensions: [("id", String(number))], factory: registry).increment()
        }
        let text = registry.text()
        #expect(text.split(separator: "\n").count == 502)
        #expect(text.contains("many{id=\"other\"} 100\n"))
    }
}
