#!/bin/sh
# Takes a party's tasks as they come and prints each as a line of JSON. Needs curl and jq.
#
#   MUSTER_TOKEN=$(muster token --role department-officer --person duty --party fire --territory town) \
#       examples/lease-tasks.sh http://127.0.0.1:8080 >> tasks.jsonl
#
# Each round trip acknowledges what the one before brought and waits for more. On Ctrl-C or SIGTERM it takes what is on
# the way, does and acknowledges it, and leases nothing more; that lasts WAIT_SECONDS at most. What was done but not
# acknowledged when it was killed harder comes again after LEASE_SECONDS, with the same `key`: whoever reads the lines
# passes over keys that were there before.
#
# Put your own work in the place of `take`. A task for which it fails comes again later.
set -eu

# Does one task, given as a line of JSON: id, token, key, kind, priority, attempt, payload and times.
take() {
    printf '%s\n' "$1"
}

if [ $# -ne 1 ] || [ -z "${MUSTER_TOKEN:-}" ]; then
    echo "usage: MUSTER_TOKEN=token $0 http://host:port" >&2
    exit 64
fi
for program in curl jq; do
    command -v "$program" >/dev/null || { echo "$0 needs $program" >&2 && exit 69; }
done

url=${1%/}/v1/tasks/lease
max=${MAX_TASKS:-10}
wait=${WAIT_SECONDS:-20}
lease=${LEASE_SECONDS:-60}
finished=
failures=

# Says what was done and asks for $1 tasks, waiting up to $2 seconds for them; the answer is in $answer. Failing, it says
# the same again until it is heard: to acknowledge twice is to acknowledge once.
exchange() {
    body=$(jq -cn --argjson max "$1" --argjson wait "$2" --argjson lease "$lease" \
        --argjson finished "[$finished]" --argjson failures "[$failures]" \
        '{max: $max, waitSeconds: $wait, leaseSeconds: $lease, acknowledge: $finished, fail: $failures}')
    pause=1
    # The token goes in by standard input: arguments are for everybody on the machine to see.
    until answer=$(printf 'header = "Authorization: Bearer %s"\n' "$MUSTER_TOKEN" |
        curl --silent --show-error --fail-with-body --max-time $(($2 + 30)) --config - \
            --header 'Content-Type: application/json' --data "$body" "$url"); do
        # What is wrong with the request, or the token, is as wrong the next time.
        status=$(printf '%s' "$answer" | jq -r '.status' 2>/dev/null || true)
        case ${status:-none} in
            none | null | 429 | 5??) ;;
            *) echo "$answer" >&2 && exit 1 ;;
        esac
        [ -e "$running" ] || [ "$pause" -le 4 ] || { echo "not acknowledged: comes again" >&2 && exit 1; }
        sleep "$pause"
        [ "$pause" -ge 16 ] || pause=$((pause * 2))
    done
    finished=
    failures=
    refused=$(printf '%s' "$answer" | jq -r '.refused[].id')
    [ -z "$refused" ] || echo "done too late, others do them again:" "$refused" >&2
}

work() {
    while [ -e "$running" ]; do
        exchange "$max" "$wait"
        tasks=$(printf '%s' "$answer" | jq -c '.tasks[]')
        while IFS= read -r task; do
            [ -n "$task" ] || continue
            grant=$(printf '%s' "$task" | jq -c '{id, token}')
            if take "$task" </dev/null; then
                finished=$finished${finished:+,}$grant
            else
                failure=$(printf '%s' "$grant" | jq -c '. + {error: "it could not be done"}')
                failures=$failures${failures:+,}$failure
            fi
        done <<END
$tasks
END
    done
    exchange 0 0
}

# The work, with all that it starts, hears no signal; we do, and take away the file while which exists it goes on.
running=$(mktemp)
trap 'rm -f "$running"' INT TERM
(
    trap '' INT TERM
    work
) &
worker=$!
while :; do
    status=0
    wait "$worker" || status=$?
    # A signal ends the wait, not the work.
    kill -0 "$worker" 2>/dev/null || break
done
rm -f "$running"
exit "$status"
