#!/bin/sh
# What some tests need beyond Python: a server for SSH, and the programs that open what is exported.
#
# Programs are installed where nothing would start them for anybody else: as root in a container, the small ones
# first. Packages of npm go into the folder that is given. What cannot be installed is left out, and its tests
# are skipped.
#
#     tests/tools.sh FOLDER
cd "$(dirname "$0")" || exit 0
folder=$1
PATH="$PATH:/usr/sbin"
export DEBIAN_FRONTEND=noninteractive

# need PROGRAM PACKAGE...: install packages unless the program is there
need() {
    command -v "$1" && return
    shift
    [ -n "$updated" ] || timeout 60 apt-get -qq update
    updated=yes
    timeout 300 apt-get -qq -y install --no-install-recommends "$@"
}

if [ "$(id -u)" = 0 ] && [ ! -d /run/systemd/system ] && command -v apt-get; then
    need sshd openssh-server
    need tmux tmux
    need dot graphviz
    need pdftoppm poppler-utils
    need chromium chromium fonts-noto-cjk
    need soffice libreoffice-calc libreoffice-impress
fi

if command -v npm; then
    mkdir -p "$folder" && cp package.json "$folder" && cd "$folder" &&
        timeout 120 npm install --silent --no-package-lock --no-audit --no-fund --ignore-scripts
fi
exit 0
