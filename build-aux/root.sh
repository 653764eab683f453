# The development root: a Debian testing system in the user's cache, made once and entered; sourced by ./dev.

ROOT_SUITE=testing
ROOT_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/paddock
ROOT_PACKAGES=$PADDOCK_SOURCE/build-aux/packages.txt
ROOT_RECIPE=1    # raised when the way the root is made changes
ROOT_DAYS=14     # that an unused root is kept

root_package_list () {
  sed -e 's/#.*//' "$ROOT_PACKAGES" | grep -v '^ *$'
}

root_path () {
  local key
  key=$({ echo "$ROOT_SUITE $ROOT_RECIPE $(uname -m)"; root_package_list; } | sha256sum | cut -c1-16)
  echo "$ROOT_CACHE/dev-root-$key"
}

root_as_admin () {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "please install as an administrator: $*"
  fi
}

# mmdebstrap makes the root and bubblewrap enters it; both are small.
root_require_tools () {
  local missing=()
  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  if [ "$(id -u)" != 0 ]; then command -v newuidmap >/dev/null || missing+=(uidmap); fi
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "this system is too old for Paddock, and ${missing[*]} is needed to make a newer one in your cache directory"
  say "Installing ${missing[*]}, once."
  root_as_admin env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install "${missing[@]}" >/dev/null 2>&1 || {
    root_as_admin apt-get -qq update
    root_as_admin env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install "${missing[@]}" >/dev/null
  }
}

# Deletes roots, also those whose files belong to the mapped users of an ordinary user's namespace.
root_delete () {
  local path
  for path in "$@"; do
    [ -e "$path" ] || continue
    chmod -R u+w "$path" 2>/dev/null || true
    rm -rf "$path"
  done
}

root_make () {
  local root partial packages log stale
  root=$(root_path)
  # Its age is that of its last use.
  [ -d "$root" ] && touch "$root" && return
  mkdir -p "$ROOT_CACHE"
  exec {lock}>"$ROOT_CACHE/dev-root.lock"
  flock "$lock"
  if [ ! -d "$root" ]; then
    root_require_tools
    say "This system's GTK or libadwaita is too old for Paddock. Making a Debian testing root in $ROOT_CACHE, once; this takes a minute or two."
    # Another checkout may be at work in a root of another package list; one that nobody has entered for long goes.
    mapfile -t stale < <(find "$ROOT_CACHE" -maxdepth 1 -name 'dev-root-*' \( -name '*.partial' -o -mtime +$ROOT_DAYS \))
    root_delete "${stale[@]}"
    partial=$root.partial
    log=$ROOT_CACHE/dev-root.log
    packages=$(root_package_list | paste -sd,)
    # Through a tar, so that every file belongs to whoever calls: an ordinary user can enter and delete it.
    mkdir -p "$partial"
    if ! mmdebstrap --quiet --variant=minbase --include="$packages" --format=tar \
      --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
      --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
      "$ROOT_SUITE" - 2>"$log" | tar -C "$partial" --no-same-owner --exclude='./dev/*' -xf - 2>>"$log"; then
      tail -n 20 "$log" >&2
      root_delete "$partial"
      die "the development root could not be made; the whole log is $log"
    fi
    root_finish "$partial"
    mv "$partial" "$root"
  fi
  exec {lock}>&-
}

# What the packages' own scripts leave to the first boot.
root_finish () {
  local root=$1
  mkdir -p "$root/work" "$root/run" "$root/tmp"
  # A place to bind this system's own file to, in case it is a link to where nothing is.
  rm -f "$root/etc/localtime" "$root/etc/resolv.conf"
  touch "$root/etc/localtime" "$root/etc/resolv.conf"
  [ -s "$root/etc/machine-id" ] || tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
}

# Every directory that the commands inside may need, without repeating one that lies under another.
root_binds () {
  local path
  {
    printf '%s\n' "$HOME" /tmp "$PADDOCK_SOURCE" "$PWD"
    git -C "$PADDOCK_SOURCE" rev-parse --path-format=absolute --git-common-dir 2>/dev/null
    [ -e "$PADDOCK_SOURCE/../shared" ] && { echo "$PADDOCK_SOURCE/../shared"; readlink -f "$PADDOCK_SOURCE/../shared"; }
    [ -n "${XDG_RUNTIME_DIR:-}" ] && echo "$XDG_RUNTIME_DIR"
    for path in "$@"; do
      case $path in
        -*) ;;
        *) [ -e "$path" ] && { if [ -d "$path" ]; then echo "$path"; else dirname "$path"; dirname "$(readlink -f "$path")"; fi; } ;;
      esac
    done
  } | while read -r path; do
    [ -d "$path" ] && (cd "$path" && pwd)
  done | sort -u | grep -vE '^/(var)?$|^/(usr|etc|bin|lib|lib64|sbin|proc|sys|dev|var/lib|var/cache)(/|$)' | root_outermost
}

# Of sorted paths, those that lie under no other.
root_outermost () {
  local path last=
  while read -r path; do
    case $path/ in
      "$last"/*) [ -n "$last" ] && continue ;;
    esac
    last=$path
    echo "$path"
  done
}

# Files of this system that the root should see as they are.
ROOT_FILES=(/etc/resolv.conf /etc/hosts /etc/passwd /etc/group /etc/localtime)

root_enter () {
  local root
  root=$(root_path)
  export PADDOCK_ROOT=$root
  export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
  export LANG=${LANG:-C.UTF-8}
  unset LD_PRELOAD LD_LIBRARY_PATH PYTHONHOME PYTHONPATH
  # The locales of this system are not those of the root.
  case $LANG in C | POSIX | C.*) ;; *) [ -e "$root/usr/lib/locale/locale-archive" ] || export LANG=C.UTF-8 ;; esac
  unset LC_ALL
  if bwrap --bind / / --dev-bind /dev /dev true 2>/dev/null; then
    root_enter_bwrap "$root" "$@"
  elif [ "$(id -u)" = 0 ]; then
    root_enter_chroot "$root" "$@"
  else
    die "this system refuses user namespaces, which bubblewrap needs; run ./dev as root, or allow them (kernel.unprivileged_userns_clone, or an AppArmor profile for bwrap)"
  fi
}

root_enter_bwrap () {
  local root=$1 path arguments
  shift
  arguments=(--bind "$root" / --dev-bind /dev /dev --ro-bind /sys /sys --die-with-parent)
  if bwrap --bind / / --proc /proc true 2>/dev/null; then arguments+=(--proc /proc); else arguments+=(--bind /proc /proc); fi
  for path in "${ROOT_FILES[@]}"; do
    [ -e "$path" ] && arguments+=(--ro-bind "$(readlink -f "$path")" "$path")
  done
  [ -e /run/systemd/resolve ] && arguments+=(--ro-bind /run/systemd/resolve /run/systemd/resolve)
  [ -e /run/dbus ] && arguments+=(--bind /run/dbus /run/dbus)
  while read -r path; do arguments+=(--bind "$path" "$path"); done < <(root_binds "$@")
  exec bwrap "${arguments[@]}" --chdir "$PWD" "$@"
}

# Without namespaces: the same view by bind mounts, which go away with the command, however it ends.
root_enter_chroot () {
  local root=$1 path
  ROOT_MOUNTED=()
  shift
  trap root_unmount EXIT
  while read -r path; do root_mount "$root" "$path"; done < <(printf '%s\n' /dev /proc /sys; root_binds "$@")
  for path in "${ROOT_FILES[@]}"; do [ -e "$path" ] && cp -L "$path" "$root$path"; done
  chroot "$root" /usr/bin/env --chdir="$PWD" "$@"
}

root_mount () {   # ROOT PATH
  mkdir -p "$1$2"
  mount --rbind --make-rslave "$2" "$1$2" || die "neither namespaces nor mounts are allowed here, so the development root cannot be entered"
  ROOT_MOUNTED=("$1$2" "${ROOT_MOUNTED[@]}")
}

root_unmount () {
  local path
  for path in "${ROOT_MOUNTED[@]}"; do umount -l "$path"; done
}
