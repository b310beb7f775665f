"""The model of meaning: the light road equals sentence-transformers, any other model loads by one setting."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding import EMBEDDED, StaticModel, embedding, is_static, pack_vectors, prefix_of, unpack_vectors
from ingest.errors import BadInput, Unavailable

ROOT = Path(__file__).parents[1]
TEXTS = (
    "全年预算执行率为98.5%。",
    "花了多少钱？",
    "公务用车购置及运行维护费｜12.30｜11.80",
    "GDP 增长",
    "义务教育阶段学生营养改善计划",
)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers over single characters, untrained, saved as a sentence-transformers folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set("".join(TEXTS)))]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(0)
    shape = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(words), **shape)).save_pretrained(folder / "bert")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    first = Transformer(str(folder / "bert"))
    made = SentenceTransformer(modules=[first, Pooling(first.get_embedding_dimension())], device="cpu")
    made.save(str(folder / "bge-tiny-zh"))
    return folder / "bge-tiny-zh"


def test_the_light_road_equals_sentence_transformers() -> None:
    """The same folder loaded by sentence-transformers gives the same vectors, to half precision."""
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(EMBEDDED), device="cpu", local_files_only=True).float().encode(list(TEXTS))
    np.testing.assert_allclose(StaticModel(EMBEDDED).passages(TEXTS), theirs, atol=2e-6)


def test_the_embedded_model_is_small_and_needs_no_torch() -> None:
    """At most 20 MB in the repository, and neither torch nor transformers is imported to use it."""
    assert sum(path.stat().st_size for path in EMBEDDED.rglob("*") if path.is_file()) <= 20_000_000
    code = (
        "import sys; from ingest.embedding import embedding; embedding().query('预算'); "
        "sys.exit(sum(name in sys.modules for name in ('torch', 'transformers', 'sklearn', 'chromadb')))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_lay_words_are_near_the_official_ones() -> None:
    """Of 26 official names, what people say for one finds just that one every second time; by chance once in 26."""
    said = tomllib.loads((ROOT / "ingest/lay_words.toml").read_text(encoding="utf-8"))["said"]
    model, names = embedding(), list(said)
    rows = model.passages(names)
    asked = [(place, phrase) for place, name in enumerate(names) for phrase in said[name]]
    found = sum(int(np.argmax(rows @ model.query(phrase))) == place for place, phrase in asked)
    assert found / len(asked) >= 0.5


def test_text_without_a_known_word_has_no_direction() -> None:
    """An empty text gives zeros: it is like nothing."""
    rows = embedding().passages(["", "。。。", "预算"])
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [0, 0, 1], atol=1e-6)


def test_any_sentence_transformers_folder_loads(tiny: Path) -> None:
    """A transformer saved anywhere is taken by its path, with its own prefix and its own digest."""
    from sentence_transformers import SentenceTransformer

    assert not is_static(tiny)
    model = embedding(f"{tiny}?local=yes")
    plain = SentenceTransformer(str(tiny), device="cpu")
    np.testing.assert_allclose(model.passages(TEXTS), plain.encode(list(TEXTS), normalize_embeddings=True), atol=1e-5)
    prefixed = plain.encode([prefix_of(str(tiny)).query + TEXTS[1]], normalize_embeddings=True)[0]
    np.testing.assert_allclose(model.query(TEXTS[1]), prefixed, atol=1e-5)
    assert model.passages([]).shape == (0, 16)
    assert model.digest == embedding(f"{tiny}?local=yes").digest != embedding().digest


def test_another_prefix_is_another_index(tiny: Path) -> None:
    """The digest names everything that shapes a vector, so vectors of two models never meet."""
    other = tiny.with_name("e5-tiny")
    other.symlink_to(tiny)
    assert embedding(str(other)).digest != embedding(str(tiny)).digest


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("BAAI/bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("/models/Qwen3-Embedding-0.6B/", "Instruct:", ""),
        ("BAAI/bge-m3", "", ""),
    ],
)
def test_prefixes_come_from_a_table(name: str, query: str, passage: str) -> None:
    """A model that wants a prefix gets it; the table is data."""
    found = prefix_of(name)
    assert found.query.startswith(query) and found.passage == passage and bool(found.query) == bool(query)


@pytest.mark.parametrize(
    ("name", "said"),
    [("x?backend=tpu", "backend"), ("x?dtype=int4", "dtype"), ("x?speed=9", "speed"), ("{tiny}?dtype=float16", "显卡")],
)
def test_an_impossible_choice_is_refused(tiny: Path, name: str, said: str) -> None:
    """Unknown options, and half precision without a graphics card, are told in a sentence."""
    import torch

    if "float16" in name and torch.cuda.is_available():
        pytest.skip("this machine has a graphics card")
    with pytest.raises(BadInput, match=said):
        embedding(name.format(tiny=tiny)).query("预算")


def test_a_model_that_is_not_there_is_said_so() -> None:
    """No such folder and no network: what to check, and that the embedded model remains."""
    with pytest.raises(Unavailable, match="HESHU_EMBEDDING"):
        embedding("nobody/nothing-at-all?local=yes").query("预算")


def test_vectors_are_kept_in_half_precision() -> None:
    """Stored and read again they differ by less than search can see."""
    rows = embedding().passages(TEXTS)
    np.testing.assert_allclose(unpack_vectors(pack_vectors(rows)), rows, atol=1e-3)
