#!/bin/sh
# Makes the base of the language images with debootstrap, where no image registry can be reached, and writes it as a tar to standard
# output; words go to standard error. It stands in for an image of Docker Hub, named as the argument, and so carries that image's
# settings of apt and dpkg. Needs root on a system of the Debian family. Usage: make-base.sh debian:trixie-slim >base.tar
set -eu

TAG=${1:-debian:trixie-slim}
SUITE=${TAG##*:}
SUITE=${SUITE%-slim}
MIRROR=${MIRROR:-http://deb.debian.org/debian}
SECURITY_MIRROR=${SECURITY_MIRROR:-http://deb.debian.org/debian-security}
ARCH=$(dpkg --print-architecture)

say() { echo "$*" >&2; }

if [ "$(id -u)" != 0 ]; then
  say "make-base.sh needs root: it makes a Debian tree with the right owners."
  exit 1
fi

# Another apt may hold the lock for a while: the set-up installs packages at the same time.
apt_get() {
  attempt=0
  until DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >&2; do
    attempt=$((attempt + 1))
    [ "$attempt" -lt 12 ] || return 1
    sleep 10
  done
}

if ! command -v debootstrap >/dev/null 2>&1; then
  say "Installing debootstrap"
  apt_get update
  apt_get install -y --no-install-recommends debootstrap
fi

ROOT=$(mktemp -d "${TMPDIR:-/var/tmp}/quicksand-base.XXXXXX")
trap 'rm -rf "$ROOT"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$ROOT"

# Suites newer than the installed debootstrap are made by the same script as sid.
SCRIPT=
[ -e "/usr/share/debootstrap/scripts/$SUITE" ] || SCRIPT=/usr/share/debootstrap/scripts/sid

say "Fetching Debian $SUITE ($ARCH)"
# debootstrap says what it does on standard output, which here belongs to the tar.
debootstrap --variant=minbase --arch="$ARCH" "$SUITE" "$ROOT" "$MIRROR" ${SCRIPT:+"$SCRIPT"} >&2

say "Setting up apt and dpkg"
rm -f "$ROOT/etc/apt/sources.list"
cat >"$ROOT/etc/apt/sources.list.d/debian.sources" <<SOURCES
Types: deb
URIs: $MIRROR
Suites: $SUITE $SUITE-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: $SECURITY_MIRROR
Suites: $SUITE-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES

# Without these every RUN that calls apt leaves about 80 MB of caches in the image.
cat >"$ROOT/etc/apt/apt.conf.d/docker-clean" <<'CONF'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CONF
echo 'Acquire::Languages "none";' >"$ROOT/etc/apt/apt.conf.d/docker-no-languages"
echo 'Acquire::GzipIndexes "true";' >"$ROOT/etc/apt/apt.conf.d/docker-gzip-indexes"
echo 'Apt::AutoRemove::SuggestsImportant "false";' >"$ROOT/etc/apt/apt.conf.d/docker-autoremove-suggests"
cat >"$ROOT/etc/dpkg/dpkg.cfg.d/docker" <<'CONF'
force-unsafe-io
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/groff/*
path-exclude /usr/share/info/*
path-exclude /usr/share/linda/*
path-exclude /usr/share/lintian/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
CONF
# No service is started while an image is built.
printf '#!/bin/sh\nexit 101\n' >"$ROOT/usr/sbin/policy-rc.d"
chmod 755 "$ROOT/usr/sbin/policy-rc.d"

find "$ROOT/usr/share/doc" -type f ! -name copyright -delete
find "$ROOT/usr/share/doc" -depth -type d -empty -delete
rm -rf "$ROOT"/usr/share/man/* "$ROOT"/usr/share/info/* "$ROOT"/usr/share/locale/* "$ROOT"/usr/share/lintian/* \
  "$ROOT"/var/cache/apt/archives/*.deb "$ROOT"/var/cache/apt/*.bin "$ROOT"/var/lib/apt/lists/* \
  "$ROOT"/var/log/*.log "$ROOT"/var/cache/debconf/*-old "$ROOT"/var/cache/ldconfig/aux-cache
# Docker writes these two for each container; the maker's own must not show.
: >"$ROOT/etc/resolv.conf"
rm -f "$ROOT/etc/hostname"

say "Packing"
tar --numeric-owner --one-file-system -C "$ROOT" -c .
