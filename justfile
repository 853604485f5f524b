# What the project does every day; `just` lists it. Each line also works typed by hand.

default:
    @just --list

# everything CI checks
check:
    bash .ci/run

# the tests alone
test:
    cargo test --workspace

# review changed screens
snap:
    cargo insta review

# the fuzz targets for ten minutes each (nightly Rust and cargo-fuzz)
fuzz target="webhook_parse" seconds="600":
    cd tests && cargo +nightly fuzz run {{target}} -- -max_total_time={{seconds}}

# a million random keys, clicks and lost daemons against the console's model: nothing panics, no word is lost
keys count="1000000":
    RECADO_RANDOM_KEYS={{count}} cargo test --release -p recado-tui --lib random_keys

# the program on a temporary home, Meta simulated
demo *args:
    cargo demo {{args}}

# the figures of docs/performance.md
bench *args:
    cargo bench -p recado-tests --bench recado -- {{args}}

# the pictures of the README and of docs/, made from the console itself
shots:
    cargo run --quiet -p recado-tests --example shots
