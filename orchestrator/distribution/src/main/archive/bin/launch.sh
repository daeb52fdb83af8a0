# What the script of a checkout and the one of an archive have in common. Sourced by both, in bash; they
# set HOME_DIR, where they are at home, and STATE_DIR, where a stack keeps what it has.

readonly MIN_JAVA=21
FAILURE=1

fail() {
  echo "skald: $*" >&2
  exit "$FAILURE"
}

# --- Java ------------------------------------------------------------------------------------------

# The program that a Java must have to be taken: javac where something is built, java where it only runs.
JAVA_PROGRAM=java

# Prints the major version of the Java in a directory; fails if there is none that would do.
java_version() {
  local home="$1" line
  [[ -x "$home/bin/java" && -x "$home/bin/$JAVA_PROGRAM" ]] || return 1
  # Every Java since 8 says its version in this file; asking it is far quicker than starting java.
  if [[ -r "$home/release" ]]; then
    line="$(grep -m1 '^JAVA_VERSION=' "$home/release" || true)"
  else
    line="$("$home/bin/java" -version 2>&1 | head -n 1 || true)"
  fi
  [[ "$line" =~ \"(1\.)?([0-9]+) ]] || return 1
  echo "${BASH_REMATCH[2]}"
}

is_recent_java() {
  local version
  version="$(java_version "$1")" && ((version >= MIN_JAVA))
}

# Sets JAVA_HOME to a Java that is recent enough: the one that is set, the one on the PATH, or else the
# newest of those in the usual places.
find_java() {
  if [[ -n "${JAVA_HOME:-}" ]] && is_recent_java "$JAVA_HOME"; then
    export JAVA_HOME
    return
  fi

  local candidate best="" best_version=0 version on_path
  if on_path="$(command -v "$JAVA_PROGRAM")"; then
    on_path="$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")"
    candidate="${on_path%/bin/"$JAVA_PROGRAM"}"
    if is_recent_java "$candidate"; then
      export JAVA_HOME="$candidate"
      return
    fi
  fi

  local candidates=(
    /usr/lib/jvm/*
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/*
    "${HOME:-}"/.jdks/*
    /opt/*jdk*
    /Library/Java/JavaVirtualMachines/*/Contents/Home
  )
  if [[ -x /usr/libexec/java_home ]]; then
    candidates+=("$(/usr/libexec/java_home -v "$MIN_JAVA+" 2>/dev/null || true)")
  fi
  for candidate in "${candidates[@]}"; do
    if version="$(java_version "$candidate")" && ((version >= MIN_JAVA && version > best_version)); then
      best="$candidate"
      best_version="$version"
    fi
  done
  [[ -n "$best" ]] || fail "no Java $MIN_JAVA or newer (with $JAVA_PROGRAM) found in JAVA_HOME, on the PATH, in" \
    "/usr/lib/jvm, SDKMAN or ~/.jdks; install one, as with 'apt install openjdk-21-jdk', 'brew install openjdk@21'" \
    "or 'sdk install java 25-tem', or set JAVA_HOME."
  export JAVA_HOME="$best"
}

# Runs a main class of the newest of some jars, whose manifest names the jars beside it.
java_main() {
  local heap="$1" jars="$2" main="$3" jar="" found
  shift 3
  for found in "$jars"-[0-9]*.jar; do
    if [[ -z "$jar" || "$found" -nt "$jar" ]]; then
      jar="$found"
    fi
  done
  [[ -r "$jar" ]] || fail "expected the launcher, $jars-*.jar, but there is none; in a checkout './skald up' builds it."
  exec "$JAVA_HOME/bin/java" "-Xmx$heap" -XX:+UseSerialGC "-Dskald.home=$HOME_DIR" -cp "$jar" "$main" "$@"
}

# --- Commands --------------------------------------------------------------------------------------

# PostgreSQL's superuser may run programs, here without a password, and started by root they would be root's.
warn_root() {
  if ((EUID == 0)); then
    echo "skald: run by root. Meanwhile every user of this machine can connect to PostgreSQL and become root by it;" \
      "better run it as an ordinary user." >&2
  fi
}

# Runs a command that stays, until a signal. It has a process group of its own: a Ctrl-C in the terminal
# reaches this script alone, which tells the command, which stops everything in order.
stay() {
  local status=0 signalled=0
  set -m
  ("$@") </dev/null &
  local launcher=$!
  set +m
  trap 'signalled=130; kill -TERM "$launcher" 2>/dev/null || true' INT
  trap 'signalled=143; kill -TERM "$launcher" 2>/dev/null || true' TERM HUP
  # A trapped signal ends 'wait' early.
  while kill -0 "$launcher" 2>/dev/null; do
    status=0
    wait "$launcher" || status=$?
  done
  if ((signalled != 0)); then
    exit "$signalled"
  fi
  if ((status == 137)); then
    echo "skald: the launcher was killed; what it started runs on until 'skald down' or the next 'skald up'." >&2
  fi
  # Ended by 'skald down'.
  ((status != 143)) || status=0
  exit "$status"
}

# --- AOT cache -------------------------------------------------------------------------------------

# Whether the Java that was found makes and reads such caches.
knows_aot_caches() {
  (($(java_version "$JAVA_HOME") >= 25))
}

# Where that of an application is; the launcher looks there too.
aot_cache() {
  echo "${XDG_CACHE_HOME:-${HOME:-.}/.cache}/skald/aot/${1//\//_}"
}

# Whether an application has one that is newer than itself and was made of the same jars. The JVM finds out
# what else may be wrong with it, and then goes on without.
has_aot_cache() {
  local cache
  cache="$(aot_cache "$1")"
  knows_aot_caches && [[ -f "$cache/app.aot" && -f "$cache/app.aot.options" && ! "$1/quarkus-run.jar" -nt "$cache/app.aot" ]] &&
    cmp -s "$1/quarkus/quarkus-application.dat" "$cache/app.aot.dat"
}

# Makes those of an orchestrator and a shop, by a run of both with data that is thrown away. A service of another
# user may read them.
aot_caches() {
  umask 022
  launcher AotTraining "$1" "$2" "$3"
}

# Needs the orchestrator's code, which is no part of the launcher.
rebuild_with() {
  local lib="$1/lib"
  shift
  exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "$lib/main/*:$lib/boot/*" \
    io.skald.orchestrator.archive.Rebuild --state "$STATE_DIR" "$@"
}

# Starts the orchestrator as one that runs no sagas, for the definitions are its beans. What Quarkus has
# made at build time comes first on the class path.
check_with() {
  local app="$1" words=()
  shift
  while (($# > 0)); do
    if [[ "$1" == --app ]]; then
      (($# > 1)) || fail "flag '--app' wants a value."
      app="$2"
      shift 2
    else
      words+=("$1")
      shift
    fi
  done
  [[ -r "$app/quarkus-run.jar" ]] || fail "expected a Quarkus application in $app, but there is no quarkus-run.jar."
  exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --add-opens java.base/java.lang=ALL-UNNAMED -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -cp "$app/quarkus/*:$app/app/*:$app/lib/main/*:$app/lib/boot/*" \
    io.skald.orchestrator.versions.Check --state "$STATE_DIR" ${words[@]+"${words[@]}"}
}
