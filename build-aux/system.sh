# Whether this system's own packages suffice; sourced by ./dev.

# pkg-config module, lowest version, Debian package, Fedora package, Arch package
SYSTEM_LIBRARIES=(
  "gtk4 4.22 libgtk-4-dev gtk4-devel gtk4"
  "libadwaita-1 1.9 libadwaita-1-dev libadwaita-devel libadwaita"
  "glib-2.0 2.86 libglib2.0-dev glib2-devel glib2"
  "libsoup-3.0 3.6 libsoup-3.0-dev libsoup3-devel libsoup3"
  "json-glib-1.0 1.10 libjson-glib-dev json-glib-devel json-glib"
  "libgcrypt 1.10 libgcrypt20-dev libgcrypt-devel libgcrypt"
)

# program, Debian package, Fedora package, Arch package
SYSTEM_PROGRAMS=(
  "cc gcc gcc gcc"
  "meson meson meson meson"
  "ninja ninja-build ninja-build ninja"
  "pkg-config pkgconf pkgconf-pkg-config pkgconf"
  "python3 python3 python3 python"
  "msgfmt gettext gettext gettext"
  "blueprint-compiler blueprint-compiler blueprint-compiler blueprint-compiler"
  "glib-compile-resources libglib2.0-dev-bin glib2-devel glib2-devel"
  "desktop-file-validate desktop-file-utils desktop-file-utils desktop-file-utils"
  "appstreamcli appstream appstream appstream"
  "Xvfb xvfb xorg-x11-server-Xvfb xorg-server-xvfb"
)

# Prints the column of a row for the package manager that this system has: 1 Debian, 2 Fedora, 3 Arch; 0 for none.
system_family () {
  if command -v apt-get >/dev/null; then echo 1
  elif command -v dnf >/dev/null; then echo 2
  elif command -v pacman >/dev/null; then echo 3
  else echo 0
  fi
}

version_at_least () {   # HAVE WANTED
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# The version that is installed, or that the package manager would install.
system_version () {   # MODULE DEBIAN FEDORA ARCH
  if pkg-config --modversion "$1" 2>/dev/null; then return; fi
  case $(system_family) in
    1) apt-cache policy "$2" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]*:\)\?\([0-9.]*\).*/\2/p' ;;
    2) dnf -q repoquery --qf '%{version}\n' "$3" 2>/dev/null | tail -n 1 ;;
    3) pacman -Si "$4" 2>/dev/null | sed -n 's/^Version *: \([0-9]*:\)\?\([0-9.]*\).*/\2/p' ;;
  esac
}

system_suffices () {
  case "${PADDOCK_DEV:-}" in
    native) return 0 ;;
    root) return 1 ;;
  esac
  local row module wanted debian fedora arch have
  for row in "${SYSTEM_LIBRARIES[@]}"; do
    read -r module wanted debian fedora arch <<<"$row"
    have=$(system_version "$module" "$debian" "$fedora" "$arch")
    [ -n "$have" ] && version_at_least "$have" "$wanted" || return 1
  done
}

# Names what is missing and stops.
system_require_programs () {
  local family row fields missing=()
  family=$(system_family)
  for row in "${SYSTEM_LIBRARIES[@]}"; do
    read -r -a fields <<<"$row"
    pkg-config --atleast-version="${fields[1]}" "${fields[0]}" 2>/dev/null || missing+=("${fields[family ? family + 1 : 0]}")
  done
  for row in "${SYSTEM_PROGRAMS[@]}"; do
    read -r -a fields <<<"$row"
    command -v "${fields[0]}" >/dev/null || missing+=("${fields[family]}")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "This system is recent enough for Paddock, but these packages are missing:"
  say "  ${missing[*]}"
  case $family in
    1) say "Install them: sudo apt-get install ${missing[*]}" ;;
    2) say "Install them: sudo dnf install ${missing[*]}" ;;
    3) say "Install them: sudo pacman -S ${missing[*]}" ;;
  esac
  exit 1
}
