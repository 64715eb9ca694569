# What all benchmarks share; sourced by bash. They measure what ./caisson or ./test has built, with
# a daemon of their own in a network namespace, and print a table in Markdown.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
install=${CAISSON_INSTALL:-$here/../.caisson/install}
runs=${RUNS:-10}
work=$(mktemp -d "${TMPDIR:-/tmp}/caisson-bench.XXXXXX")
daemon=
dockerd=
export CAISSON_HOST=unix://$work/caisson.sock

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

[ -x "$install/bin/caisson" ] || fail "$install/bin/caisson is missing: run ./caisson version first"

caisson() { "$install/bin/caisson" "$@"; }

now() { date +%s.%N; }

# Numbers, one a line → median, smallest and largest with so many digits.
summary() {
  sort -n | awk -v digits="${1:-3}" '
    { value[NR] = $1 }
    END {
      if (NR == 0) exit 1
      median = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
      form = "%." digits "f"
      printf form " | " form "–" form, median, value[1], value[NR]
    }'
}

row() { printf '| %s | %s |\n' "$1" "$2" | tee -a "$work/rows"; }

# Draws what stands on standard input into FILE: KIND FILE TITLE, as Chart.java has them.
chart() {
  "$(sed -n 's/^exec \([^ ]*java\) .*/\1/p' "$install/bin/caissond")" "$here/Chart.java" "$@"
}

# The rows so far as bars: FILE TITLE.
bars() {
  sed -n 's/^| \(.*\) | \([0-9.]*\) | \([0-9.]*\)–\([0-9.]*\) |$/\1\t\2\t\3\t\4/p' "$work/rows" | chart bars "$@"
}

# Wall seconds of a command, one run a line, after one that does not count; `pause` seconds lie before each. Ends when one fails.
times() {
  "$@" >/dev/null </dev/null || return
  for _ in $(seq "$runs"); do
    local begin
    sleep "${pause:-0}"
    begin=$(now)
    "$@" >/dev/null </dev/null || return
    awk -v begin="$begin" -v end="$(now)" 'BEGIN { print end - begin }'
  done
}

# Runs Java with the flags and the jars of the daemon; its AOT cache holds for its own main class only.
daemon_java() {
  local words word command=()
  read -r -a words < <(sed -n 's/^exec \(.*\) caisson\.daemon\.Main .*/\1/p' "$install/bin/caissond")
  for word in "${words[@]}"; do
    [[ $word == -XX:AOTCache=* ]] || command+=("$word")
  done
  "${isolated[@]}" "${command[@]}" "$@"
}

# Runs a program in a network namespace that has a loopback interface and nothing else, and in a mount namespace: what it mounts
# goes with it.
readonly isolated=(unshare -n -m sh -c 'ip link set lo up && exec "$0" "$@"')

await() {
  for _ in $(seq 600); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  fail "no answer to: $*"
}

# Starts the daemon, with more options where there are any.
start_caisson() {
  "${isolated[@]}" "$install/bin/caissond" --root "$work/root" --run "$work/run" --socket "$work/caisson.sock" \
    "$@" >"$work/caissond.log" 2>&1 &
  daemon=$!
  await caisson version
  "$here/busybox-image" "$work/busybox.tar"
  caisson load -i "$work/busybox.tar" >/dev/null
}

stop_caisson() {
  kill "$daemon"
  wait "$daemon" || true
  daemon=
}

start_dockerd() {
  command -v dockerd >/dev/null || return 1
  "${isolated[@]}" dockerd --data-root "$work/docker" --exec-root "$work/docker-run" --pidfile "$work/docker.pid" \
    --host "unix://$work/docker.sock" --bridge none --iptables=false --ip6tables=false >"$work/dockerd.log" 2>&1 &
  dockerd=$!
  await docker_ version
  docker_ load -q -i "$work/busybox.tar" >/dev/null
}

docker_() { DOCKER_HOST=unix://$work/docker.sock /usr/bin/docker "$@"; }

finish() {
  if [ -n "$daemon" ]; then
    caisson ps -aq 2>/dev/null | while read -r id; do caisson rm -f "$id" >/dev/null; done
    kill "$daemon" 2>/dev/null && wait "$daemon" || true
  fi
  if [ -n "$dockerd" ]; then
    docker_ ps -aq 2>/dev/null | while read -r id; do docker_ rm -f "$id" >/dev/null; done
    kill "$dockerd" 2>/dev/null && wait "$dockerd" || true
  fi
  rm -rf "$work"
}
trap finish EXIT

# A bundle for the runtimes that have no images.
bundle() {
  mkdir -p "$work/bundle/rootfs/bin"
  cp /bin/busybox "$work/bundle/rootfs/bin/busybox"
  ln -s busybox "$work/bundle/rootfs/bin/true"
  (cd "$work/bundle" && runc spec && sed -i 's/"sh"/"true"/; s/"terminal": true/"terminal": false/' config.json)
}

# Kilobytes of a kind (Pss, Anonymous, Private_Dirty, Rss) of a process.
memory() { awk -v kind="$2:" '$1 == kind { print $2 }' "/proc/$1/smaps_rollup"; }
