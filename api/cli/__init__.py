"""The command line: `palimpsest`. One command a file, each loaded only when it is called, so that `--help` answers at once."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError

from graph.errors import BadInput, PalimpsestError

COMMANDS = {
    "serve": "Answer over HTTP: GraphQL, and a page to ask from.",
    "remember": "Keep conversations (.jsonl) and documents (.txt, .md), and learn from them.",
    "ask": "Show what a model should read before it answers a question.",
    "facts": "List what is believed in a group.",
    "timeline": "Tell what was believed about an entity, in order: what replaced what, and when.",
    "forget": "Erase for good an episode, a session, an entity, a fact, or everything of a group.",
    "work": "Learn from what was kept, beside services that share a Neo4j store.",
    "retry": "Learn from what was given up (parked), once what stood in the way is mended.",
    "export": "Write a group to a file, to keep or to move to another store.",
    "import": "Make a group of a file that was exported.",
    "migrate": "Bring a store to the schema of this version.",
    "adopt": "Take over a graph that Graphiti wrote to Neo4j, in place.",
    "reembed": "Make a group's vectors those of another embedder.",
    "ontology": "List and check relations, and draw belief anew under other ones.",
    "keys": "Create, list and revoke the keys that clients send.",
    "doctor": "Check this installation and its store, and say what to do.",
}
MODULES = {"import": "restore"}
"""Where a command's file and function cannot have its name."""
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "TOKENIZERS_PARALLELISM")
BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and exits: 0, 2 for input that cannot be used, 1 for what failed, 130 for Ctrl-C."""
    _calm_threads()
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """The exit code of one command; an error is one line and a hint on stderr."""
    try:
        code = build_app()(list(arguments), print_error=False, exit_on_error=False, result_action="return_value")
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except CycloptsError as error:
        return _fail(BadInput(_plain(error), hint="palimpsest --help lists the commands, palimpsest COMMAND --help its options."))
    except PalimpsestError as error:
        return _fail(error)
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_app() -> App:
    app = App(
        name="palimpsest",
        help="A knowledge-graph memory: conversations become dated facts that can be asked about at any instant.",
        version=lambda: f"palimpsest {version('palimpsest')}",
        help_format="plaintext",
        suppress_keyboard_interrupt=False,
    )
    for name, words in COMMANDS.items():
        module = MODULES.get(name, name)
        app.command(f"api.cli.{module}:{module}", name=name, help=words)
    return app


def _calm_threads() -> None:
    """One thread for linear algebra: with more, a search on a busy machine waits sixty times as long. Read when numpy loads."""
    for variable in THREAD_VARIABLES:
        os.environ.setdefault(variable, "false" if variable == "TOKENIZERS_PARALLELISM" else "1")


def _fail(error: PalimpsestError) -> int:
    sys.stderr.write(f"error: {error.message}\n" + (f"hint: {error.hint}\n" if error.hint else ""))
    return BAD_INPUT if isinstance(error, BadInput) else FAILED


def _plain(error: CycloptsError) -> str:
    return " ".join(str(error).split())
