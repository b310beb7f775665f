"""Trains the embedded model: word vectors from statutes, then paired texts, saved as a sentence-transformers folder.

    python -m benchmarks.train_embedding ../shared/data/laws/articles.jsonl.xz ingest/model

About eight minutes on one core. Two steps: vectors of words from what stands near them (PPMI, then SVD), weighted by
rarity; then contrastive training on pairs that belong together. Uses nothing but the file given and our own word lists.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import math
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import rjieba
import scipy.sparse as sparse
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesSymmetricRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from sklearn.utils.extmath import randomized_svd
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

HERE = Path(__file__).parent
WORDS, DIMENSIONS, WINDOW, NEAR = 16_500, 512, 20, 4
RARE = 1e-3
"""Share of the text at which a word's weight is halved."""
BATCH, RATE, SCALE, DROPPED, LONGEST, PASSES = 1024, 0.003, 20.0, 0.5, 128, 2
ECHO = 12
"""How many times our own word lists are said, beside 8 million words of law."""
SAID = 2
"""How many times they are asked and answered, beside 178,000 pairs of law; ten times found three in four of them, and
lost what statutes gained."""

_RUN = re.compile(r"[一-鿿]+|[a-z]+")
_CLAUSE = re.compile(r"(?<=[。；：\n])")
_ORDINAL = re.compile(r"^第.{1,4}[章节编]\s*")


def read(path: Path) -> list[dict[str, str]]:
    """The articles: law, heading, text."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def groups() -> list[list[str]]:
    """Words that mean the same in a performance report: aliases of the ledger, and lay words for official ones."""
    aliases = tomllib.loads((HERE.parent / "ingest/terms.toml").read_text(encoding="utf-8"))["aliases"]
    said = tomllib.loads((HERE.parent / "ingest/lay_words.toml").read_text(encoding="utf-8"))["said"]
    return [[name, *others] for name, others in (*aliases.items(), *said.items())]


def tokenizer_of(texts: Sequence[str]) -> Tokenizer:
    """A Unigram model whose words are those that rjieba finds; words never seen fall into characters."""
    counts: Counter[str] = Counter()
    for text in texts:
        for run in _RUN.findall(text.lower()):
            counts.update(rjieba.cut(run, False))
    characters: Counter[str] = Counter()
    for word, count in counts.items():
        for character in word:
            characters[character] += count
    total = counts.total()
    frequent = (word for word, count in counts.most_common() if 1 < len(word) <= 6 and count >= 4)
    words = list(itertools.islice(frequent, WORDS - len(characters)))
    vocabulary = [("[UNK]", -30.0)]
    vocabulary += [(word, math.log(counts[word] / total)) for word in words]
    vocabulary += [(character, math.log(count / total) - 2) for character, count in characters.items()]
    vocabulary += [(digit, -8.0) for digit in "0123456789%"]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0, byte_fallback=False))
    kept = normalizers.Replace(Regex(r"[^一-鿿a-z0-9%]+"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase(), kept])
    digits = pre_tokenizers.Digits(individual_digits=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), digits])
    return tokenizer


def codes(tokenizer: Tokenizer, texts: Sequence[str]) -> list[list[int]]:
    """Word numbers of each text."""
    return [code.ids for code in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def neighbours(coded: Sequence[Sequence[int]], size: int) -> Any:
    """How often two words stand within WINDOW of each other in one text; far ones count half."""
    flat = np.concatenate([np.array(ids, np.int32) for ids in coded])
    owner = np.repeat(np.arange(len(coded)), [len(ids) for ids in coded])
    total = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, WINDOW + 1):
        same = owner[:-distance] == owner[distance:]
        weight = np.full(int(same.sum()), 1.0 if distance <= NEAR else 0.5, np.float32)
        total += sparse.coo_matrix(
            (weight, (flat[:-distance][same], flat[distance:][same])), shape=(size, size)
        ).tocsr()
    return (total + total.T).tocsr()


def first_vectors(coded: Sequence[Sequence[int]], size: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Positive pointwise mutual information, reduced by SVD; each word of length one times its rarity."""
    counts = neighbours(coded, size)
    counts.data[counts.data < 1] = 0
    counts.eliminate_zeros()
    rows = np.asarray(counts.sum(1)).ravel()
    columns = rows**0.75 / (rows**0.75).sum()
    pairs = counts.tocoo()
    information = np.log(pairs.data / (rows[pairs.row] * columns[pairs.col]))
    kept = information > 0
    told = (information[kept].astype(np.float32), (pairs.row[kept], pairs.col[kept]))
    vectors, _, _ = randomized_svd(sparse.csr_matrix(told, shape=(size, size)), DIMENSIONS, n_iter=3, random_state=0)
    share = np.bincount(np.concatenate([np.array(ids) for ids in coded]), minlength=size).astype(float)
    seen = share > 0
    share /= share.sum()
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.maximum(lengths, 1e-9) * (RARE / (RARE + share))[:, None] * seen[:, None]
    return np.asarray(vectors, np.float32)


def law_pairs(article: dict[str, str], dice: random.Random) -> Iterator[tuple[str, str]]:
    """A clause and the rest of its article; a heading and an article under it."""
    context = f"{article['law']} {article['heading']} "
    clauses = [clause for clause in _CLAUSE.split(article["text"]) if len(clause.strip()) >= 8]
    if len(clauses) == 1:
        clauses = [part for part in clauses[0].split("，") if len(part) >= 5]
    if len(clauses) >= 2:
        one = dice.randrange(len(clauses))
        rest = "".join(clauses[:one] + clauses[one + 1 :])
        yield clauses[one], (context if dice.random() < 0.5 else "") + rest
    if article["heading"] and dice.random() < 0.5:
        yield f"{article['law']} {_ORDINAL.sub('', article['heading'])}", article["text"]


def report_pairs(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Generated: a question in one wording, a sentence or table row of a report in another."""
    asked = ("{}是多少？", "{}", "今年{}怎么样", "{}比上年变化多少", "{}为什么这样", "请问{}")
    stated = (
        "{year}年，本部门{}为{figure}万元，比上年增长{rate}%。",
        "{}｜{figure}｜{figure}｜{rate}%",
        "截至{year}年末，{}{figure}。",
        "{}方面，按要求做好有关工作，{rate}%达到目标。",
    )
    for group in groups():
        for one, other in itertools.permutations(group, 2):
            numbers = {"year": dice.randint(2016, 2028), "figure": f"{dice.uniform(1, 9e4):.2f}"}
            rate = f"{dice.uniform(1, 100):.2f}"
            yield dice.choice(asked).format(one), dice.choice(stated).format(other, rate=rate, **numbers)


def features(coded: Sequence[Sequence[int]], dice: random.Random) -> dict[str, torch.Tensor]:
    """What StaticEmbedding takes, some words left out so that no single one carries a pair."""
    kept = [[word for word in ids[:LONGEST] if dice.random() > DROPPED] or ids[:LONGEST] for ids in coded]
    offsets = np.cumsum([0, *(len(ids) for ids in kept[:-1])])
    return {"input_ids": torch.tensor(list(itertools.chain(*kept))), "offsets": torch.from_numpy(offsets)}


def train(model: SentenceTransformer, pairs: list[tuple[list[int], list[int]]], dice: random.Random) -> None:
    """One pass: each text must find its partner among a batch. More than PASSES help the model alone and hurt beside
    a search by words (measured)."""
    loss = MultipleNegativesSymmetricRankingLoss(model, scale=SCALE)
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    dice.shuffle(pairs)
    steps = len(pairs) // BATCH
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = RATE * min(1, (step + 1) / 10) * (1 - 0.9 * step / steps)
        batch = pairs[step * BATCH : (step + 1) * BATCH]
        value = loss([features([pair[side] for pair in batch], dice) for side in (0, 1)], None)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        if step % 20 == 0:
            print(f"step {step} of {steps}: loss {value.item():.3f}", flush=True)


def save(model: SentenceTransformer, folder: Path) -> None:
    """Half precision, safetensors, and nothing that says when or where it was made."""
    card = folder / "README.md"
    text = card.read_text(encoding="utf-8") if card.exists() else ""
    model.half().save(str(folder), create_model_card=False)
    if text:
        card.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    dice = random.Random(0)
    articles = read(given.articles)
    texts = [" ".join((article["law"], article["heading"], article["text"])) for article in articles]
    texts += [" ".join(dice.sample(group, len(group))) for group in groups() for _ in range(ECHO)]
    tokenizer = tokenizer_of(texts)
    size = tokenizer.get_vocab_size()
    vectors = first_vectors(codes(tokenizer, texts), size)
    print(f"{size} words, {DIMENSIONS} dimensions", flush=True)
    module = StaticEmbedding(tokenizer, embedding_weights=torch.tensor(vectors))
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    pairs = [pair for article in articles for pair in law_pairs(article, dice)]
    pairs += [pair for _ in range(SAID) for pair in report_pairs(dice)]
    ones, others = (codes(tokenizer, [pair[side] for pair in pairs]) for side in (0, 1))
    coded = [pair for pair in zip(ones, others, strict=True) if min(map(len, pair)) > 2]
    print(f"{len(coded)} pairs", flush=True)
    for _ in range(PASSES):
        train(model, coded, dice)
    save(model, given.folder)


if __name__ == "__main__":
    main()
