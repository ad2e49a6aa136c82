#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a fresh corpus and replays it on every poller: fresh.sh COUNT [SEED] [FILE]. Needs python3.11; FILE keeps the programs.
set -euo pipefail
seed=${2:-$RANDOM$RANDOM}
file=$(realpath -m "${3:-$(mktemp --suffix=.jsonl)}")
cd "$(dirname "$0")"
python3.11 record.py "$1" "$seed" >"$file"
echo "$1 programs from seed $seed on are in $file"
cd ../..
mvn -B -ntp -q test -pl backend-nio,backend-epoll,backend-kqueue -am -Dtest='*Conformance*#programsRecordTheEventsOfCPython' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dasyncore.programs="$file" --fail-at-end </dev/null
echo "All programs had the same events as in CPython."
