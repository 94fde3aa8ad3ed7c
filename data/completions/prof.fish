# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Completion of "prof" for fish. Commands and options are asked of the program that
# is called, so that they are its own.

function __prof_words
    commandline -opc
end

function __prof_program
    set -l words (__prof_words)
    string replace -r '^~/' "$HOME/" -- $words[1]
end

# __prof_help [COMMAND]
function __prof_help
    env LC_ALL=C (__prof_program) $argv --help </dev/null 2>/dev/null
end

function __prof_needs_command
    test (count (__prof_words)) -eq 1
end

function __prof_commands
    __prof_help | string match -r '^  [a-z]+ +.*' | string replace -r '^  ([a-z]+) +' '$1\t'
end

# The sample types of the first word that is a file, read from standard input: then
# prof starts no other program.
function __prof_types
    for word in (commandline -o)[3..-1]
        test -f "$word"; or continue
        env LC_ALL=C (__prof_program) info --limit=file=64M - <$word 2>/dev/null |
            string replace -rf '^Type: (.*)/[^/]*, total.*' '$1'
        return
    end
end

function __prof_limits
    set -l seen 0
    for line in (__prof_help $argv[1])
        string match -q -- '*--limit, *' $line; and set seen 1
        test $seen = 1; and string replace -rf '^  ([a-z][a-z-]*) +(.*)' '$1=\t$2' -- $line
    end
end

# __prof_values COMMAND OPTION: words it may be followed by; files are fish's own
function __prof_values
    switch $argv[2]
        case --sample-index
            __prof_types
        case --limit
            __prof_limits $argv[1]
        case --granularity
            printf '%s\n' functions filefunctions files lines addresses packages
        case --unit
            printf '%s\n' auto minimum ns us ms s hrs B kB MB GB TB PB count
        case --theme
            printf '%s\n' light dark
        case --order
            printf '%s\n' weight name
        case --width-of
            printf '%s\n' before now both
        case --bgcolors
            printf '%s\n' yellow blue green grey
        case --colors
            printf '%s\n' hot mem io wakeup chain java js perl red green blue aqua yellow \
                purple orange
            test $argv[1] = torch; or printf '%s\n' packages functions files self depth diff
        case --paper
            printf '%s\n' {a3,a4,a5,letter,legal}{,-landscape}
        case --format
            switch $argv[1]
                case convert
                    printf '%s\n' pb.gz pb folded callgrind speedscope
                case raw
                    printf '%s\n' text
                case '*'
                    printf '%s\n' text json csv
            end
    end
end

# How help calls what an option wants.
function __prof_argument
    __prof_help $argv[1] | string replace -rf -- "^  (?:-[a-zA-Z], )?$argv[2]=([^ ]*).*" '$1'
end

function __prof_options
    __prof_help $argv[1] |
        string replace -rf -- '^  (?:-[a-zA-Z], )?(--[a-zA-Z-]+=?)[^ ]* +(.*)' '$1\t$2'
    __prof_help $argv[1] |
        string replace -rf -- '^  (-[a-zA-Z]), --[^ ]* +(.*)' '$1\t$2'
end

# The option whose value is completed: "--unit=…", or "--unit" and a word of its own.
function __prof_option
    set -l words (__prof_words)
    set -l token (commandline -ct)
    test (count $words) -gt 1; or return
    if string match -qr -- '^--[^=]+=' $token
        string replace -r '=.*' '' -- $token
    else if string match -qr -- '^--[^=]+$' $words[-1]
        echo $words[-1]
    end
end

function __prof_wants_value
    set -l option (__prof_option)
    test -n "$option"; and test -n "$(__prof_argument (__prof_words)[2] $option)"
end

# Neither a file nor a folder.
function __prof_wants_word
    set -l option (__prof_option)
    test -n "$option"; or return 1
    set -l argument (__prof_argument (__prof_words)[2] $option)
    test -n "$argument"; and not string match -qr '^(FILE|DIR)' -- $argument
end

function __prof_value
    set -l option (__prof_option)
    set -l token (commandline -ct)
    if string match -q -- '--*=*' $token
        __prof_values (__prof_words)[2] $option | string replace -r -- '^' "$option="
    else
        __prof_values (__prof_words)[2] $option
    end
end

function __prof_wants_option
    not __prof_needs_command
    and not __prof_wants_value
    and string match -q -- '-*' (commandline -ct)
end

complete -c prof -n __prof_needs_command -f -a '(__prof_commands)'
complete -c prof -n __prof_needs_command -f -a '--help --version'
complete -c prof -n __prof_wants_word -f
complete -c prof -n __prof_wants_value -a '(__prof_value)'
complete -c prof -n __prof_wants_option -f -a '(__prof_options (__prof_words)[2])'
