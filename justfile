# `just` lists what can be done here; each recipe calls a script, so that nothing depends on just itself.

[private]
default:
    @just --list --unsorted

# set everything up and serve it on this machine (--check only looks, --port N)
demo *words:
    script/demo {{words}}

# run the checks and tests, or the steps named
test *steps:
    script/test {{steps}}

# the tests that take minutes, or the files of them named
nightly *files:
    script/nightly {{files}}

# the tests that belong to a release, or the files of them named
release-check *files:
    script/release-check {{files}}

# take the pictures that a person looks at, or those of the files of tests named
look *files:
    script/look {{files}}

# what CI runs
check:
    .ci/run

# repair what can be repaired by a program: style, order of imports, generated pages
fix:
    script/fix

# make the generated pages of docs/reference again
docs:
    script/make-docs

# work the lock files out again (--upgrade takes the newest versions)
lock *words:
    script/lock {{words}}

# the command line, as in: just inspectorate doctor
inspectorate *words:
    script/inspectorate {{words}}

# run a command beside a PostgreSQL of its own
postgres *words:
    script/postgres {{words}}
