#!/bin/sh
# Makes the passwords and keys of a new server, once: sh deploy/make-secrets.sh [FOLDER]
# The folder is closed to others, its files are not: containers read them as a user of their own.
set -eu
folder=${1:-secrets}
if [ -e "$folder/secret_key" ]; then
    echo "$folder has secrets already; they are left as they are." >&2
    exit 1
fi
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
random() { od -An -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }
database=$(random 24)
redis=$(random 24)
printf '%s' "$(random 48)" > "$folder/secret_key"
printf '%s' "$database" > "$folder/postgres_password"
printf '%s' "$redis" > "$folder/redis_password"
printf '%s' "postgres://labelapp:$database@postgres:5432/labelapp" > "$folder/database_url"
printf '%s' "redis://:$redis@redis:6379/0" > "$folder/redis_url"
# Empty: files lie in the volume "data". Or s3://KEY:SECRET@HOST:PORT/BUCKET?region=REGION
: > "$folder/storage_url"
echo "Made $folder. Keep a copy of it in a safe place, away from the backups."
