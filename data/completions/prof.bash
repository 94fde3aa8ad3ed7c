# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Completion of "prof" for bash. Commands and options are asked of the program
# that is called, so that they are its own; only words that may follow an option
# are here. No file is opened but the one that is named, for its sample types, and
# no address is.

# _prof_help PROGRAM [COMMAND]
_prof_help() {
  LC_ALL=C "$@" --help </dev/null 2>/dev/null
}

_prof_commands() {
  _prof_help "$1" | sed -n 's/^  \([a-z][a-z]*\)  *[a-z].*/\1/p'
}

# _prof_options PROGRAM COMMAND: "-o", "--output=FILE", a line each
_prof_options() {
  _prof_help "$1" "$2" | sed -n \
    -e 's/^  \(-[a-zA-Z]\), \(--[^ ]*\).*/\1\n\2/p' \
    -e 's/^  \(--[^ ]*\).*/\1/p'
}

_prof_limits() {
  _prof_help "$1" "$2" | sed -n '/--limit, /,$s/^  \([a-z][a-z-]*\) .*/\1=/p'
}

# _prof_types PROGRAM WORD...: the sample types of the first word that is a file,
# read from standard input: then prof starts no other program
_prof_types() {
  local program=$1 word

  shift
  for word; do
    word=${word/#\~\//$HOME/}
    word=${word//\\/}
    [ -f "$word" ] || continue
    LC_ALL=C "$program" info --limit=file=64M - <"$word" 2>/dev/null |
      sed -n 's/^Type: \(.*\)\/[^/]*, total .*/\1/p'
    return
  done
}

# Those of go-torch, which is all that "prof torch" knows, and others.
_prof_colors() {
  echo hot mem io wakeup chain java js perl red green blue aqua yellow purple orange
  [ "$1" = torch ] || echo packages functions files self depth diff
}

# _prof_values PROGRAM COMMAND OPTION ARGUMENT WORD...
_prof_values() {
  local program=$1 command=$2 option=$3 argument=$4

  shift 4
  case $option in
    --sample-index | --sample_index) _prof_types "$program" "$@" ;;
    --limit) _prof_limits "$program" "$command" ;;
    --granularity) echo functions filefunctions files lines addresses packages ;;
    --unit) echo auto minimum ns us ms s hrs B kB MB GB TB PB count ;;
    --theme) echo light dark ;;
    --order) echo weight name ;;
    --width-of) echo before now both ;;
    --bgcolors) echo yellow blue green grey ;;
    --colors) _prof_colors "$command" ;;
    --paper) echo {a3,a4,a5,letter,legal}{,-landscape} ;;
    --format)
      case $command in
        convert) echo pb.gz pb folded callgrind speedscope ;;
        raw) echo text ;;
        *) echo text json csv ;;
      esac
      ;;
  esac
}

# What "--name=" wants, as help has it: "FILE".
_prof_argument() {
  _prof_options "$1" "$2" | sed -n "s/^${3//_/-}=//p"
}

_prof_reply() {
  mapfile -t COMPREPLY < <(compgen "$@")
}

# _prof_value PROGRAM COMMAND OPTION VALUE WORD...
_prof_value() {
  local argument values value=$4

  argument=$(_prof_argument "$1" "$2" "$3")
  case $argument in
    FILE) compopt -o filenames 2>/dev/null; _prof_reply -f -- "$value" ;;
    DIR*) compopt -o filenames 2>/dev/null; _prof_reply -d -- "$value" ;;
    *)
      values=$(_prof_values "$1" "$2" "$3" "$argument" "${@:5}")
      _prof_reply -W "$values" -- "$value"
      [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
      ;;
  esac
}

_prof_option() {
  _prof_reply -W "$(_prof_options "$1" "$2" | sed 's/=.*/=/')" -- "$3"
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] ||
    compopt -o nospace 2>/dev/null
}

# Puts back together what COMP_WORDBREAKS took apart at "=" and ":", in words[];
# the last one is the one that is completed.
_prof_join() {
  local i word glue=

  words=()
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:]* || -n $glue ]] && ((${#words[@]} > 1)); then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    glue=
    [[ ${words[-1]} != --*= ]] || glue=1
  done
}

# Readline replaces only what follows its last break.
_prof_cut() {
  local cur=$1 head i

  for i in = :; do
    [[ $cur == *$i* && $COMP_WORDBREAKS == *$i* ]] || continue
    head=${cur%"${cur##*"$i"}"}
    COMPREPLY=("${COMPREPLY[@]#"$head"}")
  done
}

_prof() {
  local program=${1/#\~\//$HOME/} words cur command before option

  COMPREPLY=()
  _prof_join
  cur=${words[-1]}
  command=${words[1]}
  before=${words[-2]}
  if ((${#words[@]} == 2)); then
    _prof_reply -W "$(_prof_commands "$program") --help --version" -- "$cur"
    return
  fi
  if [[ $cur == --*=* ]]; then
    option=${cur%%=*}
    _prof_value "$program" "$command" "$option" "${cur#*=}" "${COMP_WORDS[@]:2}"
    # As far as readline does not see them, they are part of the word.
    [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/$option=}")
  elif [[ $before == -o ]]; then
    compopt -o filenames 2>/dev/null
    _prof_reply -f -- "$cur"
  elif [[ $before == --* && $before != *=* && ${#words[@]} -gt 3 &&
    -n $(_prof_argument "$program" "$command" "$before") ]]; then
    _prof_value "$program" "$command" "$before" "$cur" "${COMP_WORDS[@]:2}"
  elif [[ $cur == -* ]]; then
    _prof_option "$program" "$command" "$cur"
  else
    compopt -o filenames 2>/dev/null
    _prof_reply -f -- "$cur"
    _prof_cut "$cur"
  fi
}

complete -F _prof prof
