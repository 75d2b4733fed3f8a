"""Language models."""

import torch
from saving import family, lora

SIZES = dict(vocab_size=96, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4)
GROUPED = dict(**SIZES, num_key_value_heads=2, pad_token_id=None, bos_token_id=1, eos_token_id=2)
WIDE = dict(initializer_range=0.05)
T5 = dict(vocab_size=96, d_model=48, d_kv=10, d_ff=80, num_layers=2, num_heads=4)
PLAIN = dict(pad_token_id=None, bos_token_id=1, eos_token_id=2)
SPECIAL = dict(bos_token_id=1, eos_token_id=2, cls_token_id=1, sep_token_id=2)
DISTIL = dict(vocab_size=96, dim=48, hidden_dim=80, n_layers=2, n_heads=4, max_position_embeddings=40)
FALCON = dict(vocab_size=96, hidden_size=48, num_hidden_layers=2, num_attention_heads=4, **PLAIN)
OPT = dict(vocab_size=96, hidden_size=48, ffn_dim=80, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=32)
MAMBA2 = dict(
    vocab_size=96, hidden_size=48, num_hidden_layers=2, num_heads=24, head_dim=4, state_size=16, n_groups=2, **PLAIN
)
DEEPSEEK = dict(
    **SIZES, num_key_value_heads=4, moe_intermediate_size=56, n_routed_experts=4, n_group=2, topk_group=1,
    num_experts_per_tok=2, first_k_dense_replace=1, q_lora_rank=20, kv_lora_rank=24, qk_rope_head_dim=8,
    qk_nope_head_dim=12, v_head_dim=10, **PLAIN,
)  # fmt: skip

FAMILIES = {
    "llama": family(
        untied=("LlamaForCausalLM", GROUPED),
        tied=("LlamaForCausalLM", dict(**GROUPED, **WIDE, tie_word_embeddings=True, attention_bias=True, mlp_bias=True)),
        base=("LlamaModel", GROUPED),
        padded=("LlamaForCausalLM", {**GROUPED, "pad_token_id": 3}),
    ),
    "gemma": family(
        causal=("GemmaForCausalLM", dict(**GROUPED, head_dim=16)),
        untied=("GemmaForCausalLM", dict(**GROUPED, **WIDE, head_dim=16, tie_word_embeddings=False)),
    ),
    "gemma2": family(
        causal=("Gemma2ForCausalLM", dict(**GROUPED, head_dim=16)),
        base=("Gemma2Model", dict(**GROUPED, **WIDE, head_dim=16)),
    ),
    "gemma3": family(
        causal=("Gemma3ForCausalLM", dict(**GROUPED, head_dim=16)),
        wide=("Gemma3ForCausalLM", dict(**GROUPED, **WIDE, head_dim=16)),
    ),
    "mistral": family(
        causal=("MistralForCausalLM", GROUPED),
        tied=("MistralForCausalLM", dict(**GROUPED, **WIDE, tie_word_embeddings=True, head_dim=16)),
    ),
    "mixtral": family(
        causal=("MixtralForCausalLM", dict(**GROUPED, num_local_experts=3)),
        wide=("MixtralForCausalLM", dict(**GROUPED, **WIDE, num_local_experts=2)),
    ),
    "qwen2": family(
        untied=("Qwen2ForCausalLM", GROUPED),
        tied=("Qwen2ForCausalLM", dict(**GROUPED, **WIDE, tie_word_embeddings=True)),
    ),
    "qwen3": family(
        untied=("Qwen3ForCausalLM", dict(**GROUPED, head_dim=16)),
        tied=("Qwen3ForCausalLM", dict(**GROUPED, **WIDE, head_dim=16, tie_word_embeddings=True)),
    ),
    "gpt2": family(
        causal=("GPT2LMHeadModel", dict(vocab_size=96, n_positions=32, n_embd=48, n_layer=3, n_head=4)),
        wide=("GPT2LMHeadModel", dict(vocab_size=96, n_positions=32, n_embd=48, n_layer=2, n_head=4, n_inner=80, **WIDE)),
        base=("GPT2Model", dict(vocab_size=96, n_positions=32, n_embd=48, n_layer=3, n_head=4)),
    ),
    "bert": family(
        masked=("BertForMaskedLM", dict(**SIZES, max_position_embeddings=40)),
        pretraining=("BertForPreTraining", dict(**SIZES, **WIDE, max_position_embeddings=40)),
        base=("BertModel", dict(**SIZES, max_position_embeddings=40)),
        classifier=("BertForSequenceClassification", dict(**SIZES, **WIDE, max_position_embeddings=40, num_labels=3)),
    ),
    "t5": family(
        v1_0=("T5ForConditionalGeneration", T5),
        v1_1=("T5ForConditionalGeneration", dict(**T5, feed_forward_proj="gated-gelu", tie_word_embeddings=False)),
        # The files of T5 1.1 have an lm_head of their own, which transformers 5 ties.
        v1_1_untied=(
            "T5ForConditionalGeneration",
            dict(**T5, feed_forward_proj="gated-gelu", forced=dict(tie_word_embeddings=False)),
        ),
        factor=("T5ForConditionalGeneration", dict(**T5, initializer_factor=0.5)),
        encoder=("T5EncoderModel", dict(**T5, feed_forward_proj="gated-gelu")),
    ),
    "roberta": family(
        masked=("RobertaForMaskedLM", dict(**SIZES, max_position_embeddings=40)),
        base=("RobertaModel", dict(**SIZES, **WIDE, max_position_embeddings=40)),
        classifier=("RobertaForSequenceClassification", dict(**SIZES, max_position_embeddings=40)),
    ),
    "distilbert": family(
        masked=("DistilBertForMaskedLM", DISTIL),
        classifier=("DistilBertForSequenceClassification", dict(**DISTIL, initializer_range=0.05, sinusoidal_pos_embds=True)),
    ),
    "modernbert": family(
        masked=("ModernBertForMaskedLM", dict(**SIZES, pad_token_id=3, **SPECIAL)),
        base=("ModernBertModel", dict(**SIZES, **WIDE, pad_token_id=3, **SPECIAL)),
        wide=("ModernBertForMaskedLM", dict(**SIZES, initializer_range=0.03, initializer_cutoff_factor=1.5, norm_bias=True,
                                            attention_bias=True, mlp_bias=True, pad_token_id=3, **SPECIAL)),
    ),
    "phi": family(
        causal=("PhiForCausalLM", GROUPED),
        wide=("PhiForCausalLM", dict(**GROUPED, **WIDE, qk_layernorm=True)),
    ),
    "phi3": family(
        causal=("Phi3ForCausalLM", GROUPED),
        tied=("Phi3ForCausalLM", dict(**GROUPED, **WIDE, tie_word_embeddings=True)),
    ),
    "deepseek_v3": family(
        causal=("DeepseekV3ForCausalLM", DEEPSEEK),
        direct=("DeepseekV3ForCausalLM", {**DEEPSEEK, **WIDE, "q_lora_rank": None, "attention_bias": True}),
    ),
    "gpt_neox": family(
        causal=("GPTNeoXForCausalLM", dict(**SIZES, max_position_embeddings=32, **PLAIN)),
        wide=("GPTNeoXForCausalLM", dict(**SIZES, **WIDE, max_position_embeddings=32, tie_word_embeddings=True, attention_bias=False, **PLAIN)),
    ),
    "falcon": family(
        causal=("FalconForCausalLM", dict(**FALCON)),
        new=("FalconForCausalLM", dict(**FALCON, **WIDE, new_decoder_architecture=True, num_kv_heads=2, bias=True, tie_word_embeddings=False)),
    ),
    "opt": family(
        causal=("OPTForCausalLM", OPT),
        projected=("OPTForCausalLM", dict(**OPT, init_std=0.05, word_embed_proj_dim=32, do_layer_norm_before=False)),
    ),
    "bloom": family(
        causal=("BloomForCausalLM", dict(vocab_size=96, hidden_size=48, n_layer=2, n_head=4, pad_token_id=None)),
        wide=("BloomForCausalLM", dict(vocab_size=96, hidden_size=48, n_layer=2, n_head=4, **WIDE)),
    ),
    "mamba": family(
        causal=("MambaForCausalLM", dict(vocab_size=96, hidden_size=48, num_hidden_layers=4, **PLAIN)),
        wide=("MambaForCausalLM", dict(vocab_size=96, hidden_size=48, num_hidden_layers=2, state_size=8, **PLAIN, **WIDE,
                                       use_bias=True, rescale_prenorm_residual=True, tie_word_embeddings=False)),
        steps=("MambaForCausalLM", dict(vocab_size=96, hidden_size=48, num_hidden_layers=2, time_step_min=0.01, **PLAIN,
                                        time_step_max=0.5, time_step_scale=2.0, time_step_init_scheme="constant", time_step_floor=1e-3)),
    ),
    "mamba2": family(
        causal=("Mamba2ForCausalLM", MAMBA2),
        wide=("Mamba2ForCausalLM", dict(**MAMBA2, **WIDE, use_bias=True, rescale_prenorm_residual=True, tie_word_embeddings=True)),
    ),
    "qwen3_moe": family(
        causal=("Qwen3MoeForCausalLM", dict(**GROUPED, head_dim=16, num_experts=3, num_experts_per_tok=2, moe_intermediate_size=56)),
        mixed=("Qwen3MoeForCausalLM", dict(**GROUPED, **WIDE, head_dim=16, num_experts=2, num_experts_per_tok=2, moe_intermediate_size=56, mlp_only_layers=[0])),
    ),
    "lora": lambda: [
        ("linear", "peft", lora("LlamaForCausalLM", dict(r=4, target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM"), **GROUPED)),
        ("gaussian", "peft", lora("LlamaForCausalLM", dict(r=8, init_lora_weights="gaussian", target_modules=["q_proj", "o_proj"]), **GROUPED)),
        ("embedding", "peft", lora("LlamaModel", dict(r=4, target_modules=["embed_tokens", "k_proj"], lora_bias=False), **GROUPED)),
    ],
}


def log_arange(shape):
    """log(1), log(2), … along the last axis of more than one, in every row."""
    return torch.arange(1, shape[-1] + 1, dtype=torch.float32).log().expand(shape)


def steps(config):
    """The inverse of softplus of step sizes, as init_mamba_weights and init_mamba2_weights compute it."""
    return {
        "softplus_inverse_log_uniform": [config["time_step_min"], config["time_step_max"]],
        "floor": config["time_step_floor"],
    }


# Values that are computed, and not filled in place, by their names.
COMPUTED = {
    r"A_log$": {"table": log_arange, "formula": "log(1 + column)"},
    r"dt_proj\.bias$|dt_bias$": {"fill": steps},
}
