"""The models that are known by name: their licence, their pinned revision and where they lie."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from bulletin.errors import ModelError

BUILTIN = "builtin"


@dataclass(frozen=True, slots=True)
class CatalogueModel:
    """A model that a user may choose by name.

    ``size_mb`` is the download in megabytes; ``beam`` what its authors decode with; ``note`` says what
    a user should know before choosing it. ``revision`` is the commit that pins the files on the hub.
    """

    name: str
    licence: str
    size_mb: int
    family: str
    revision: str
    beam: int = 4
    note: str = ""


CATALOGUE: tuple[CatalogueModel, ...] = (
    CatalogueModel(
        BUILTIN,
        "Apache-2.0 (weights trained for this project; data licences in its model card)",
        40,
        "plain",
        "shipped",
        4,
        "ships in the package; offline; carries given terms; strongest on official news",
    ),
    CatalogueModel(
        "Helsinki-NLP/opus-mt-vi-en",
        "Apache-2.0",
        290,
        "plain",
        "c8d2853e77f5fae31124d993e0b35176b1c8914e",
        note="small, general domain",
    ),
    CatalogueModel(
        "facebook/nllb-200-distilled-600M",
        "CC-BY-NC-4.0",
        2460,
        "nllb",
        "f8d333a098d19b4fd9a8b18f94170487ad3f821d",
        note="not for commercial use",
    ),
    CatalogueModel(
        "facebook/nllb-200-distilled-1.3B",
        "CC-BY-NC-4.0",
        5480,
        "nllb",
        "7be3e24664b38ce1cac29b8aeed6911aa0cf0576",
        note="not for commercial use",
    ),
    CatalogueModel(
        "facebook/m2m100_418M", "MIT", 1940, "m2m100", "55c2e61bbf05dfb8d7abccdc3fae6fc8512fd636", beam=5
    ),
    CatalogueModel(
        "vinai/vinai-translate-vi2en-v2",
        "AGPL-3.0",
        1700,
        "mbart",
        "ae7baa85da07dbe8e23ac26a9f5ef560c17e2138",
        beam=5,
        note="trained for this pair; the licence reaches services built on it",
    ),
    CatalogueModel(
        "VietAI/envit5-translation", "OpenRAIL", 1100, "envit5", "840bc88104d5a4277af740eaedb024df8c3093e7"
    ),
    CatalogueModel(
        "google/madlad400-3b-mt",
        "Apache-2.0",
        11800,
        "madlad",
        "fa184c675da0b5c9e1c8694fccd4e12e2d422094",
        note="needs 16 GB of memory",
    ),
)


def builtin_path() -> Path:
    """The folder of the model that ships in the package."""
    return Path(__file__).parent / "model"


def known_model(name: str) -> CatalogueModel | None:
    """The catalogue's line for ``name``, or None."""
    return next((model for model in CATALOGUE if model.name == name), None)


def resolve_model(name: str) -> Path:
    """The local folder that holds model ``name``: the built-in one, a folder, or the hub's cache.

    Nothing is ever downloaded here: ``fetch_model`` does that, when asked. Raises ModelError, with
    the names that are known and how to get one, where there is no such model on this machine.
    """
    if name == BUILTIN:
        return builtin_path()
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not (folder / "config.json").is_file():
            raise ModelError(
                f"{name}: not a model folder, it has no config.json; give a folder saved by "
                "transformers' save_pretrained"
            )
        return folder
    if known_model(name) is None and not _is_hub_name(name):
        raise ModelError(f"{name!r} is neither a folder nor a model name; known names: {known_names()}")
    cached = cached_model(name)
    if cached is None:
        raise ModelError(
            f"{name}: not on this machine; 'bulletin models get {name}' downloads it, and "
            f"these names are known: {known_names()}"
        )
    return cached


def known_names() -> str:
    """The catalogue's names, for messages."""
    return ", ".join(model.name for model in CATALOGUE)


def cached_model(name: str) -> Path | None:
    """Where the hub's cache on this machine holds ``name``, or None; asks no network."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    known = known_model(name)
    try:
        folder = snapshot_download(name, revision=known.revision if known else None, local_files_only=True)
    except (LocalEntryNotFoundError, HFValidationError):
        return None
    return Path(folder) if (Path(folder) / "config.json").is_file() else None


def fetch_model(name: str) -> Path:
    """Download ``name`` from the hub at its pinned revision and give its folder in the cache.

    Raises ModelError where the hub cannot be reached or has no such model.
    """
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    if name == BUILTIN:
        return builtin_path()
    known = known_model(name)
    try:
        folder = snapshot_download(
            name,
            revision=known.revision if known else None,
            allow_patterns=["*.json", "*.safetensors", "*.model", "*.spm", "*.txt", "pytorch_model*.bin"],
        )
    except (HFValidationError, HfHubHTTPError) as error:
        raise ModelError(
            f"{name}: the hub has no such model, or does not give it ({_first_line(error)})"
        ) from error
    except (LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"{name}: the hub cannot be reached from here; download it on a connected machine with "
            f"'bulletin models get {name}' and copy the folder"
        ) from error
    return Path(folder)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0][:200]


def _is_hub_name(name: str) -> bool:
    owner, slash, model = name.partition("/")
    return bool(slash and owner and model and "/" not in model and not name.startswith((".", "~", "/")))


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a model folder says of itself in ``bulletin.json``; plain loading ignores that file."""

    carries_terms: bool = False
    version: str = ""
    revision: str = ""


def model_info(folder: Path) -> ModelInfo:
    """Read ``bulletin.json`` where there is one, and hash the weights to pin the revision.

    The revision is the first 12 hex digits of the SHA-256 over configuration and weight files, or
    the commit of a hub cache folder. Raises ModelError for a damaged file.
    """
    stated = folder / "bulletin.json"
    values: dict[str, object] = {}
    if stated.is_file():
        try:
            values = json.loads(stated.read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise ModelError(f"{stated}: not readable JSON; save the model again") from error
    revision = folder.name[:12] if folder.parent.name == "snapshots" else _weights_hash(folder)
    return ModelInfo(bool(values.get("carries_terms", False)), str(values.get("version", "")), revision)


def _weights_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name == "config.json" or path.suffix in {".safetensors", ".bin"}:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]
