#!/bin/sh
# Finds a Chromium for the browser tests, and installs the system's package when there is none.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
echo "No Chromium found; installing the system's package ..."
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
elif command -v dnf >/dev/null 2>&1; then
    as_root dnf install -y -q chromium
else
    echo "Install Chromium with your system's package manager, then run make test again." >&2
    exit 1
fi
