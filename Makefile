# The one entry point to remember: `make` prints what it can do.

SWIFT ?= swift
SOURCES = Sources Tests Package.swift
# Release binaries carry the Swift libraries in them: they run on machines without Swift, and what is called all the time is
# called without a detour.
RELEASE = -c release --static-swift-stdlib

# Tests that go on as long as `make torture` lets them.
TORTURED = WriterProperties|LostConnectionTests|ServerCrashTests|AppendModelTests|HandOverModelTests|GenerationsModelTests|CrashTests|DispatchModelTests|DispatchStateTests|NumberHorizonTests|RateGaugeTests|UniqueKeysTests|TakeOverTests|EnqueueOrderTests|SegmentTests|DirectiveFlowTests|BlockedPassageFlowTests|AddOnFlowTests

.DEFAULT_GOAL := help
.PHONY: help build run test torture lint format bench clean needs

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: needs ## make the release binaries muster and musterd in .build/release; they need no Swift to run
	$(SWIFT) build $(RELEASE) --product muster
	$(SWIFT) build $(RELEASE) --product musterd

run: needs ## show a living town: database, all roles and boards on this machine (ARGS="--port 8081 --speed 10")
	$(SWIFT) build $(RELEASE) --product muster
	.build/release/muster up --demo $(ARGS)

test: needs ## run every test against a PostgreSQL of its own (ARGS="--filter EventLog")
	@scripts/with-test-database scripts/tests $(ARGS)

torture: needs ## kill, interleave and explore by chance for so long (MINUTES=10); a failure names its seed (SEED=n ONLY=CrashTests)
	@MUSTER_TORTURE_MINUTES=$(or $(MINUTES),10) $(if $(SEED),MUSTER_TEST_SEED=$(SEED)) \
		scripts/with-test-database scripts/tests --filter '$(or $(ONLY),$(TORTURED))'

lint: ## fail on any difference from the house format
	$(SWIFT) format lint --strict --recursive $(SOURCES)

format: ## lay out all sources in the house format
	$(SWIFT) format --in-place --recursive $(SOURCES)

bench: needs ## measure, beside the limits of this machine (QUICK=1 JSON=file ONLY=append GROWTH=1; PEERS=1: DuckDB and pm4py too, FILE=log.csv=mapping: of a file)
	$(SWIFT) build $(RELEASE) --product muster-bench
	$(if $(PEERS),python=$$(scripts/bench-peers) && MUSTER_BENCH_PYTHON=$$python ).build/release/muster-bench \
		$(if $(QUICK),--quick) $(if $(JSON),--json $(JSON)) $(if $(ONLY),--only $(ONLY)) $(if $(GROWTH),--growth) \
		$(foreach file,$(FILE),--file $(file))

clean: ## remove what was built; the data of `make run` in .muster stays
	$(SWIFT) package clean

needs:
	@scripts/install-needs
