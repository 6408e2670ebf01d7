# Completion for bash: verbs, options and keys are asked of the program itself, so that they are never out of date.

_clientele() {
  local program=${COMP_WORDS[0]} word verb= candidates=
  # COMP_WORDS are parted at "=": what stands before the cursor is taken from the line.
  word=${COMP_LINE:0:COMP_POINT}
  word=${word##*[[:space:]]}
  if ((COMP_CWORD > 1)); then verb=${COMP_WORDS[1]}; fi
  local before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [[ -z $verb || ( $verb == help && $COMP_CWORD == 2 ) ]]; then
    candidates=$("$program" help 2>/dev/null | sed -n 's/^  clientele \([a-z]*\).*/\1/p')
  elif [[ $word == -* ]]; then
    candidates=$("$program" help "$verb" 2>/dev/null | grep -e '^  -' | grep -o -e '--[a-z][a-z-]*' | sort -u)
  elif [[ $verb == explain || $before == --set ]]; then
    candidates=$("$program" explain 2>/dev/null | sed -n 's/^  \([a-z0-9_.]*\) .*/\1/p')
  elif [[ $verb == init && $before != -o && $before != --output ]]; then
    candidates=$("$program" help init 2>/dev/null | sed -n '1s/.*\[\(.*\)\]/\1/p' | tr '|' ' ')
  fi
  mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "$word")
}
# Where the words of the program do not fit, files do.
complete -o bashdefault -o default -F _clientele clientele clientele-mpi
