# Words for the person at the terminal; sourced by ./dev and build-aux/inside.

say () {
  printf '%s\n' "$*" >&2
}

die () {
  printf 'dev: %s\n' "$*" >&2
  exit 1
}
