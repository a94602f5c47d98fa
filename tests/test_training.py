"""The training loop, on tiny random models: resuming, learning, averaging, saving."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bulletin.cli.train import command
from bulletin.errors import BulletinError, TrainingError
from bulletin.training.recipe import Recipe, Schedule, Upkeep, find_recipe, read_recipe

PAIRS = [
    ("Thủ tướng dự hội nghị.", "The Prime Minister attends the conference."),
    ("Quốc hội họp.", "The National Assembly meets."),
    ("Chính phủ ban hành nghị định.", "The Government issues a decree."),
    ("Bộ trưởng thăm Hà Nội.", "The Minister visits Hanoi."),
    ("Chủ tịch nước tiếp đoàn.", "The State President receives the delegation."),
    ("Ông Nguyễn Văn Nam phát biểu.", "Mr Nguyen Van Nam speaks."),
    ("Ngày 16/1, hội nghị khai mạc.", "The conference opens on January 16."),
    ("Bộ Chính trị kết luận.", "The Politburo concludes."),
    ("Cử tri gửi kiến nghị.", "Voters send petitions."),
    ("Tỉnh Hà Nam có 1.234 xã.", "Ha Nam province has 1,234 communes."),
    ("Đại hội bầu ban chấp hành.", "The congress elects the executive board."),
    ("Mặt trận vận động nhân dân.", "The Front mobilises the people."),
    ("Thành phố Đà Nẵng phát triển nhanh.", "Da Nang city develops fast."),
    ("Hội đồng thông qua nghị quyết.", "The council passes the resolution."),
    ("Kinh tế tăng 5,5%.", "The economy grows by 5.5%."),
    ("Việt Nam và Lào hợp tác.", "Vietnam and Laos cooperate."),
    ("Đoàn công tác làm việc tại Huế.", "The mission works in Hue."),
    ("Lễ ký diễn ra chiều nay.", "The signing takes place this afternoon."),
    ("Ban Bí thư ra chỉ thị.", "The Secretariat issues a directive."),
    ("Nhân dân đồng tình.", "The people agree."),
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a tiny random model with a tokenizer learnt from the pairs."""
    import torch
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BartConfig, BartForConditionalGeneration, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer.train_from_iterator(
        [side for pair in PAIRS for side in pair],
        trainers.UnigramTrainer(
            vocab_size=300, special_tokens=special, unk_token="<unk>", show_progress=False
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    wrapped.save_pretrained(folder)
    torch.manual_seed(0)
    config = BartConfig(
        vocab_size=len(wrapped), d_model=32, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=128,
        bos_token_id=0, pad_token_id=1, eos_token_id=2, decoder_start_token_id=0, forced_eos_token_id=2,
    )  # fmt: skip
    BartForConditionalGeneration(config).save_pretrained(folder)
    return folder


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """Write the pairs as TMX."""
    units = "".join(
        f'<tu><tuv xml:lang="vi"><seg>{vi}</seg></tuv><tuv xml:lang="en-GB"><seg>{en}</seg></tuv></tu>'
        for vi, en in PAIRS
    )
    path = tmp_path / "approved.tmx"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><header/><body>{units}</body></tmx>',
        "utf-8",
    )
    return path


def recipe_file(folder: Path, **schedule: object) -> Path:
    """Write a recipe that trains fast."""
    settings = {"rate": 5e-3, "encoder_rate": 5e-3, "warmup_steps": 2, "batch_tokens": 120} | schedule
    lines = ['name = "quick"', "[carrying]", "share = 0.4", "[schedule]"]
    lines += [f"{key} = {value}" for key, value in settings.items()]
    lines += ["[upkeep]", "checkpoint_minutes = 0", "snapshot_steps = 4", "evaluate_steps = 8"]
    path = folder / "quick.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def weights(folder: Path) -> dict[str, object]:
    from safetensors.torch import load_file

    return load_file(folder / "model" / "model.safetensors")


def run(*arguments: object) -> str:
    result = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_fine_tuning_on_a_small_memory_lowers_the_loss(tiny: Path, memory: Path, tmp_path: Path) -> None:
    recipe = recipe_file(tmp_path, max_steps=48)
    dev = tmp_path / "dev.tsv"
    dev.write_text("vi\ten\n" + f"{PAIRS[0][0]} Thêm.\t{PAIRS[0][1]}\n", "utf-8")
    out = tmp_path / "out"
    run("--recipe", recipe, "--base", tiny, "--memory", memory, "--dev", dev, "--out", out, "--threads", 1)
    rows = [line.split("\t") for line in (out / "log.tsv").read_text("utf-8").splitlines()]
    losses = [float(row[rows[0].index("loss")]) for row in rows[1:]]
    assert losses[-1] < losses[0] - 1
    assert {"dev_loss", "chrf", "bleu"} <= set(rows[0])
    assert "| step |" in (out / "log.md").read_text("utf-8")
    assert "<polyline" in (out / "log.svg").read_text("utf-8")


def test_a_resumed_run_is_the_run_that_was_not_stopped(tiny: Path, memory: Path, tmp_path: Path) -> None:
    import torch

    recipe = recipe_file(tmp_path, max_steps=14, decay_steps=7)
    common = ("--recipe", recipe, "--base", tiny, "--memory", memory, "--threads", 1, "--average", 1)
    run(*common, "--out", tmp_path / "whole")
    for _ in range(3):
        run(*common, "--out", tmp_path / "parts", "--max-steps", 5)
    whole, parts = weights(tmp_path / "whole"), weights(tmp_path / "parts")
    assert whole.keys() == parts.keys()
    for name, weight in whole.items():
        assert torch.equal(weight, parts[name]), name  # type: ignore[arg-type]


def test_a_kill_between_checkpoints_loses_only_the_steps_since(
    tiny: Path, memory: Path, tmp_path: Path
) -> None:
    import torch

    from bulletin.training.loop import train
    from bulletin.training.prepare import prepare

    class KilledError(Exception):
        pass

    recipe = Recipe(
        "quick",
        schedule=Schedule(rate=5e-3, encoder_rate=5e-3, warmup_steps=2, batch_tokens=120, max_steps=12),
        upkeep=Upkeep(checkpoint_minutes=0, evaluate_steps=6, snapshot_steps=50),
    )
    results = []
    for out, kill in ((tmp_path / "a", False), (tmp_path / "b", True)):
        for attempt in (1, 2):
            ready = prepare(recipe, base=str(tiny), memories=[memory])

            def die(model: object, attempt: int = attempt, kill: bool = kill) -> dict[str, float]:
                if kill and attempt == 1:
                    raise KilledError
                return {}

            try:
                train(ready.model, ready.stream, recipe, out, pad=ready.pad, start=ready.start, evaluate=die)
            except KilledError:
                continue
            results.append(ready.model.state_dict())
            break
    assert len(results) == 2
    assert all(torch.equal(results[0][name], results[1][name]) for name in results[0])


def test_the_saved_model_loads_plainly_and_keeps_the_marks_whole(
    tiny: Path, memory: Path, tmp_path: Path
) -> None:
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    out = tmp_path / "out"
    printed = run(
        "--recipe", recipe_file(tmp_path, max_steps=8), "--base", tiny, "--memory", memory, "--out", out
    )
    assert "trained for 8 steps" in printed
    tokenizer = AutoTokenizer.from_pretrained(out / "model")
    model = AutoModelForSeq2SeqLM.from_pretrained(out / "model")
    pieces = tokenizer.tokenize("Nay ⟦Prime Minister⟧ dự")
    start, end = pieces.index("⟦"), pieces.index("⟧")
    assert pieces[start + 1 : end] == tokenizer.tokenize("Prime Minister")
    assert model.config.vocab_size == len(tokenizer)
    about = json.loads((out / "model" / "bulletin.json").read_text("utf-8"))
    assert about["carries_terms"] is True and about["averaged_snapshots"] == 2


def test_another_base_or_memory_in_the_same_folder_is_refused(
    tiny: Path, memory: Path, tmp_path: Path
) -> None:
    recipe = recipe_file(tmp_path, max_steps=2)
    out = tmp_path / "out"
    run("--recipe", recipe, "--base", tiny, "--memory", memory, "--out", out)
    other = tmp_path / "other.tsv"
    other.write_text("".join(f"{vi}\t{en}\n" for vi, en in PAIRS[:9]), "utf-8")
    with pytest.raises(TrainingError, match=r"another memor.*--out"):
        run("--recipe", recipe, "--base", tiny, "--memory", other, "--out", out)


def test_dev_pairs_are_kept_out_of_training(tiny: Path, memory: Path) -> None:
    from bulletin.training.prepare import prepare

    ready = prepare(
        Recipe("quick"), base=str(tiny), memories=[memory], held_out=frozenset({PAIRS[0][0], PAIRS[3][0]})
    )
    assert ready.cleaned["memory"].dropped == {"held out for scoring": 2}
    assert PAIRS[0][0] not in {pair.source for pair in ready.stream.pools[0].pairs}


def test_a_recipe_may_draw_clauses_of_long_pairs(tiny: Path, tmp_path: Path) -> None:
    from bulletin.training.prepare import prepare

    memory = tmp_path / "long.tsv"
    lines = [
        f"{' '.join(['Thủ tướng dự hội nghị'] * 4)}, {' '.join(['Quốc hội họp'] * n)}."
        f"\t{' '.join(['the Prime Minister attends the conference'] * 4)}, "
        f"{' '.join(['the National Assembly meets'] * n)}."
        for n in range(4, 24)
    ]
    memory.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told: list[str] = []
    prepared = prepare(
        Recipe("x", clauses=0.25), base=str(tiny), memories=[memory], cache=tmp_path, say=told.append
    )
    assert any(line.startswith("clauses: ") for line in told)
    whole, parts = prepared.stream.pools
    assert parts.name == "clauses"
    assert parts.weight / (whole.weight + parts.weight) == pytest.approx(0.25)
    assert {part.source[:2] for part in parts.pairs} == {"Th", "Qu"}


def test_passes_become_steps_with_a_decay(tiny: Path, memory: Path) -> None:
    from bulletin.training.loop import by_passes, rate_factor
    from bulletin.training.prepare import prepare

    recipe = Recipe("quick", schedule=Schedule(passes=3, batch_tokens=120))
    stream = prepare(recipe, base=str(tiny), memories=[memory]).stream
    schedule = by_passes(recipe.schedule, stream)
    assert schedule.max_steps == 3 * len(stream.batches(0))
    rates = [rate_factor(step, schedule) for step in range(schedule.max_steps + 1)]
    assert rates[0] < 1 and max(rates) == 1 and rates[-1] == 0
    assert rates[-2] < 0.2


def test_nothing_to_train_on_is_said(tiny: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.tsv"
    empty.write_text("", "utf-8")
    with pytest.raises(TrainingError, match="nothing to train on"):
        run("--recipe", recipe_file(tmp_path), "--base", tiny, "--memory", empty, "--out", tmp_path / "out")


def test_a_base_that_is_no_model_is_one_clear_error(memory: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(BulletinError, match=r"no config\.json"):
        run("--recipe", recipe_file(tmp_path), "--base", tmp_path, "--memory", memory, "--out", out)
    (tmp_path / "config.json").write_text('{"model_type": "bart"}', "utf-8")
    with pytest.raises(BulletinError, match="no seq2seq model"):
        run("--recipe", recipe_file(tmp_path), "--base", tmp_path, "--memory", memory, "--out", out)


def test_a_model_of_a_prefixed_family_is_trained_with_its_prefix(
    tiny: Path, memory: Path, tmp_path: Path
) -> None:
    from transformers import AutoTokenizer, T5Config, T5ForConditionalGeneration

    tokenizer = AutoTokenizer.from_pretrained(tiny)
    config = T5Config(
        vocab_size=len(tokenizer), d_model=16, d_kv=8, d_ff=32, num_layers=1, num_heads=2,
        decoder_start_token_id=1, pad_token_id=1, eos_token_id=2,
    )  # fmt: skip
    T5ForConditionalGeneration(config).save_pretrained(tmp_path / "t5")
    tokenizer.save_pretrained(tmp_path / "t5")
    dev = tmp_path / "dev.tsv"
    dev.write_text("Hội nghị mới.\tA new conference.\n", "utf-8")
    out = tmp_path / "out"
    recipe = recipe_file(tmp_path, max_steps=8)
    run("--recipe", recipe, "--base", tmp_path / "t5", "--memory", memory, "--dev", dev, "--out", out)
    assert "dev_loss" in (out / "log.tsv").read_text("utf-8")

    from bulletin.training.prepare import prepare

    ready = prepare(Recipe("quick"), base=str(tmp_path / "t5"), memories=[memory])
    assert ready.stream.encode_source(["Quốc hội"]) == [tokenizer("vi: Quốc hội")["input_ids"]]
    assert ready.stream.encode_target(["house"]) == [tokenizer("en: house")["input_ids"]]


def test_a_damaged_checkpoint_is_one_clear_error(tiny: Path, memory: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "checkpoint.pt").write_bytes(b"not a checkpoint")
    with pytest.raises(TrainingError, match="does not fit"):
        run("--recipe", recipe_file(tmp_path), "--base", tiny, "--memory", memory, "--out", out)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('nmae = "x"', "'nmae' is not known"),
        ('name = "x"\n[schedule]\nspeed = 1', "'speed' is not known"),
        ("", "'name' is missing"),
        ('name = "x"\n[schedule]\nrate = "fast"', "float is wanted"),
        ('name = "x"\n[schedule]\nmax_steps = 1.5', "int is wanted"),
        ('name = "x"\n[schedule]\ndecay_steps = 9\nmax_steps = 3', "decay_steps"),
        ('name = "x"\n[schedule]\npasses = 9\nmax_steps = 3', "not both"),
        ('name = "x"\n[carrying]\nshare = 1.5', "shares of carrying"),
        ('name = "x"\n[[domains]]\nname = "d"\nfiles = "one.tsv"\nweight = 1', "list of texts"),
        ('name = "x"\n[[domains]]\nname = "d"\nfiles = ["one.tsv"]\nweight = 0', "weight is above 0"),
        ("name = ", "not a readable TOML"),
    ],
)
def test_a_wrong_recipe_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(TrainingError, match=said) as caught:
        read_recipe(path)
    assert str(path) in str(caught.value)


def test_every_shipped_recipe_is_read_by_name() -> None:
    for name in ("adapt", "official", "official-finish", "official-gpu"):
        assert read_recipe(find_recipe(name)).name == name
    with pytest.raises(TrainingError, match="adapt, official"):
        read_recipe(find_recipe("unknown"))


def test_averaging_is_the_mean_and_refuses_other_shapes() -> None:
    import torch

    from bulletin.training.average import average_states

    one, two = {"w": torch.tensor([1.0, 3.0])}, {"w": torch.tensor([3.0, 5.0])}
    assert average_states([one, two])["w"].tolist() == [2.0, 4.0]
    with pytest.raises(TrainingError, match="shape"):
        average_states([one, {"w": torch.zeros(3)}])
    with pytest.raises(TrainingError, match="no snapshots"):
        average_states([])


def test_a_shape_built_from_an_encoder_encodes_as_it_does(tiny: Path, tmp_path: Path) -> None:
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    from bulletin.training.shape import build_from_encoder, evenly

    tokenizer = AutoTokenizer.from_pretrained(tiny)
    torch.manual_seed(0)
    bert = BertModel(
        BertConfig(
            vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=3, num_attention_heads=2,
            intermediate_size=64, max_position_embeddings=64, pad_token_id=1,
        ),
        add_pooling_layer=False,
    )  # fmt: skip
    bert.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    model, loaded = build_from_encoder(str(tmp_path), 3, 2)
    ids = torch.tensor([loaded("Thủ tướng dự hội nghị.")["input_ids"]])
    with torch.no_grad():
        wanted = bert.eval()(input_ids=ids).last_hidden_state
        made = model.eval().get_encoder()(input_ids=ids).last_hidden_state
    assert torch.allclose(wanted, made, atol=1e-3)
    decoder = model.state_dict()["model.decoder.layers.1.encoder_attn.q_proj.weight"]
    assert torch.equal(decoder, bert.state_dict()["encoder.layer.2.attention.self.query.weight"])
    assert evenly(12, 3) == [0, 6, 11] and evenly(3, 1) == [2]
    fewer = tmp_path / "fewer"
    pieces = json.loads(tokenizer.backend_tokenizer.to_str())
    pieces["model"]["vocab"] = [*pieces["model"]["vocab"][:200], ["⟦", -9.0]]
    tokenizer.save_pretrained(fewer)
    (fewer / "tokenizer.json").write_text(json.dumps(pieces), encoding="utf-8")
    cut, small = build_from_encoder(str(tmp_path), 3, 2, str(fewer))
    assert len(small) == cut.config.vocab_size < len(tokenizer)
    rows, words = cut.get_input_embeddings().weight, bert.embeddings.word_embeddings.weight
    piece = small.convert_ids_to_tokens(150)
    assert torch.equal(rows[150], words[tokenizer.convert_tokens_to_ids(piece)])
    assert torch.allclose(rows[small.convert_tokens_to_ids("⟦")], words.mean(dim=0))
    with pytest.raises(TrainingError, match="has 3 layers"):
        build_from_encoder(str(tmp_path), 4, 2)
    with pytest.raises(TrainingError, match="no BERT-shaped encoder"):
        build_from_encoder(str(tmp_path / "none"), 3, 2)
