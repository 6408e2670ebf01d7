# What tools/start and tools/test share: installing what is missing, choosing the compiler, configuring a build.

build_packages=(cmake ninja-build g++ pkg-config libtbb-dev libboost-program-options-dev libtomlplusplus-dev
                libeigen3-dev nlohmann-json3-dev libfmt-dev libhdf5-dev libdeflate-dev zlib1g-dev libxxhash-dev
                libutf8proc-dev libnlopt-cxx-dev)
test_packages=(catch2 librandom123-dev clang-format-14 python3 python3-numpy python3-h5py python3-netcdf4
               python3-h5netcdf python3-xarray python3-jsonschema netcdf-bin r-base-core r-cran-ncdf4)
wished_packages=(libxlsxwriter-dev          # workbooks; without it the program says that it writes none
                 libopenmpi-dev openmpi-bin)  # clientele-mpi, which joins machines; without it only that is missing
clang_packages=(clang-19)                  # measured faster than g++ 12; where the system lacks it, g++ does
sanitizer_packages=(libclang-rt-19-dev)
nightly_packages=(libreoffice-calc-nogui)
browser_packages=(python3 chromium poppler-utils fonts-noto-cjk)

# Reports are drawn by a script that npm's packages are bundled into; another Node.js than Debian's will do.
node_is_there() { command -v node >/dev/null && command -v npm >/dev/null; }
node_is_there || wished_packages+=(nodejs npm)

say() { printf '\n== %s\n' "$*" >&2; }

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

# Prints those of the packages that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | cut -c1-2)" = ii ] || echo "$package"
  done
}

# Prints those of the packages that this system's archive offers.
offered_packages() {
  local package
  for package in "$@"; do
    apt-cache show --no-all-versions "$package" >/dev/null 2>&1 && echo "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=600 "$@" \
    </dev/null >&2
}

# install_packages needed... [-- wished...] installs what is missing; the archive need not know what is only wished for.
install_packages() {
  local needed=() wished=() missing
  while [ $# -gt 0 ] && [ "$1" != -- ]; do needed+=("$1"); shift; done
  [ $# -gt 0 ] && shift && wished=("$@")
  if ! command -v dpkg-query >/dev/null; then
    say "no Debian or Ubuntu: please see to it that these are there: ${needed[*]}"
    return
  fi
  mapfile -t missing < <(missing_packages "${needed[@]}" "${wished[@]}")
  if [ ${#missing[@]} = 0 ]; then
    return
  fi
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    mapfile -t missing < <(missing_packages "${needed[@]}")
    [ ${#missing[@]} = 0 ] && return
    stop "Packages are missing (neither root nor sudo here). Please have this run as root:
  apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  apt_get update || say "apt-get update failed; trying with the lists at hand"
  mapfile -t missing < <(missing_packages "${needed[@]}"; offered_packages $(missing_packages "${wished[@]}"))
  [ ${#missing[@]} = 0 ] || apt_get install --no-install-recommends "${missing[@]}" ||
    stop "apt-get could not install ${missing[*]} (see above)."
}

# Sets CC and CXX of the faster compiler that is there, unless the caller's environment names one.
choose_compiler() {
  if [ -n "${CXX:-}" ]; then
    return
  elif command -v clang++-19 >/dev/null; then
    export CC=clang-19 CXX=clang++-19
  else
    export CC=gcc CXX=g++
  fi
}

# configure folder options... ; a build folder keeps its compiler, so one made with another compiler is made anew.
configure() {
  local folder=$1 made_with=
  shift
  [ -f "$folder/CMakeCache.txt" ] && made_with=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$folder/CMakeCache.txt")
  if [ -n "$made_with" ] && [ "${made_with##*/}" != "${CXX##*/}" ]; then
    say "$folder was made with $made_with: making it anew with $CXX"
    rm -rf "$folder"
  fi
  cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@" >"$folder.log" 2>&1 ||
    { cat "$folder.log" >&2; rm -f "$folder.log"; return 1; }
  rm -f "$folder.log"
}

build() {
  cmake --build "$@" --parallel "$(nproc)" >&2
}
