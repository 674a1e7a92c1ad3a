#!/usr/bin/env bash
# install_debian.sh REASON PACKAGE…: installs Debian packages where that is allowed (root),
# else says the exact command and fails. Never asks a question, never skips silently.
set -u
reason=$1
shift
command="apt-get install --yes --no-install-recommends $*"

if ! command -v apt-get >/dev/null; then
    echo "$reason. This is no Debian system: please install what these Debian packages hold: $*" >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "$reason. Please run, then try again:" >&2
    echo "    sudo apt-get update && sudo $command" >&2
    exit 1
fi
echo "$reason: installing $*"
export DEBIAN_FRONTEND=noninteractive
export PATH="$PATH:/usr/sbin:/sbin"  # dpkg looks for its helpers there
log=$(mktemp)
if apt-get update >"$log" 2>&1 && $command </dev/null >>"$log" 2>&1; then
    rm -f "$log"
    exit 0
fi
tail -n 20 "$log" >&2
echo "$reason, and installing it failed (the lines above; the whole log is $log). The command was:" >&2
echo "    apt-get update && $command" >&2
exit 1
