"""Reads the product's source as syntax trees and tells where the house rules are broken."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("community", "search", "ideas", "rewards", "deploy", "tools")
VAGUE_NAMES = {"utils", "util", "helpers", "misc", "services", "handlers"}
BROAD = {"Exception", "BaseException"}
# Whatever a receiver of an event, or a task, does wrong is contained and tried again: actions and workers outlive it.
CONTAINS_FAILURES = {"community/core/events.py", "community/core/tasks/worker.py"}
FORBIDDEN_SIGNALS = {"post_save", "pre_save"}
FILE_LINES, TEST_LINES, FUNCTION_LINES = 500, 400, 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: Path

    @property
    def name(self) -> str:
        """The file's path inside the repository."""
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self) -> str:
        """The source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, filename=str(self.path))

    @property
    def length(self) -> int:
        """Number of lines."""
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def at(self, node: ast.AST, fault: str) -> str:
        """`fault` with the place where it is."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {fault}"


@cache
def modules(*roots: str) -> list[Module]:
    """The modules under `roots` that people write: no migration. Each is parsed once, whatever asks."""
    paths = (path for root in roots for path in (ROOT / root).rglob("*.py"))
    return [Module(path) for path in sorted(paths) if "migrations" not in path.parts]


def product() -> list[Module]:
    """The modules that are run in production, and the build scripts."""
    return modules(*PRODUCT)


def too_long_files(found: list[Module], lines: int) -> list[str]:
    """Files of `lines` lines or more."""
    return [f"{module.name}: {module.length} lines" for module in found if module.length >= lines]


def too_long_functions(module: Module) -> list[str]:
    """Functions of more than the lines allowed."""
    return [
        module.at(node, f"{node.name} has {length} lines")
        for node in module.functions()
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def missing_return_types(module: Module) -> list[str]:
    """Functions that do not say what they return."""
    return [module.at(node, f"{node.name} has no return type") for node in module.functions() if not node.returns]


def hidden_imports(module: Module) -> list[str]:
    """Imports inside functions, but for `ready` of an AppConfig."""
    allowed = {id(node) for ready in readies(module) for node in ast.walk(ready)}
    inner = {node for function in module.functions() for node in ast.walk(function) if is_import(node)}
    return sorted(module.at(node, "import inside a function") for node in inner if id(node) not in allowed)


def readies(module: Module) -> Iterator[Function]:
    """The `ready` methods of the app configurations in `module`."""
    if module.path.name == "apps.py":
        yield from (node for node in module.functions() if node.name == "ready")


def is_import(node: ast.AST) -> bool:
    """Whether `node` is an import statement."""
    return isinstance(node, ast.Import | ast.ImportFrom)


def broad_excepts(module: Module) -> list[str]:
    """Handlers that would swallow any mistake."""
    if module.name in CONTAINS_FAILURES:
        return []
    handlers = (node for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler))
    return [module.at(node, "bare or broad except") for node in handlers if is_broad(node.type)]


def is_broad(caught: ast.expr | None) -> bool:
    """Whether `caught` takes everything."""
    if caught is None:
        return True
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(kind, ast.Name) and kind.id in BROAD for kind in kinds)


def borrowed_types(module: Module) -> list[str]:
    """Imports for annotations only that leave the app: the import contracts do not look at those."""
    app = module.name.split("/")[: 2 if module.name.startswith("community/") else 1]
    return [
        module.at(node, f"{node.module} is another app's, even for a type")
        for block in ast.walk(module.tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PRODUCT)
        if (node.module or "").split(".")[: len(app)] != app
    ]


def save_signals(module: Module) -> list[str]:
    """Uses of signals that guess what an action should announce."""
    return [
        module.at(node, f"{alias.name} is imported: publish an event from the action instead")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals")
        for alias in node.names
        if alias.name in FORBIDDEN_SIGNALS
    ]


def missing_opening(module: Module) -> list[str]:
    """The module itself when it does not open with a sentence; an empty file needs none."""
    if not module.text.strip() or ast.get_docstring(module.tree):
        return []
    return [f"{module.name}: no opening sentence"]
