#!/bin/sh
# Installs the system's PostgreSQL server, for the tests that run on one.
set -eu
echo "No PostgreSQL found; installing the system's package ..."
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq
    # Without its common package's default cluster: tests start a server of their own.
    as_root env DEBIAN_FRONTEND=noninteractive sh -c 'mkdir -p /etc/postgresql-common &&
        { test -e /etc/postgresql-common/createcluster.conf || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf; } &&
        apt-get install -y -qq postgresql >/dev/null'
elif command -v dnf >/dev/null 2>&1; then
    as_root dnf install -y -q postgresql-server
else
    echo "Install PostgreSQL with your system's package manager, or name a server with LABELAPP_TEST_DATABASE_URL." >&2
    exit 1
fi
