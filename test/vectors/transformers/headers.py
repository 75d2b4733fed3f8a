"""The headers of quantized checkpoints, by hand, from the formats. What their values are is not described.

- FP8 in blocks of 128 x 128: https://huggingface.co/deepseek-ai/DeepSeek-V3, README_WEIGHTS.md
- GPTQ: gptqmodel, nn_modules/qlinear; AWQ: autoawq, awq/modules/linear/gemm.py
- bitsandbytes: functional.py, QuantState.as_dict(packed=True), and nn/modules.py, Linear8bitLt._save_to_state_dict
"""

import math

HIDDEN, INTER, VOCAB, GROUP = 256, 384, 512, 128
LINEARS = {
    "self_attn.q_proj": (HIDDEN, HIDDEN),
    "self_attn.k_proj": (HIDDEN // 2, HIDDEN),
    "self_attn.v_proj": (HIDDEN // 2, HIDDEN),
    "self_attn.o_proj": (HIDDEN, HIDDEN),
    "mlp.gate_proj": (INTER, HIDDEN),
    "mlp.up_proj": (INTER, HIDDEN),
    "mlp.down_proj": (HIDDEN, INTER),
}
LATENT = {
    "self_attn.q_a_proj": (96, HIDDEN),
    "self_attn.q_b_proj": (4 * 96, 96),
    "self_attn.kv_a_proj_with_mqa": (64 + 32, HIDDEN),
    "self_attn.kv_b_proj": (4 * 128, 64),
    "self_attn.o_proj": (HIDDEN, 4 * 64),
}
LLAMA = dict(
    model_type="llama", architectures=["LlamaForCausalLM"], vocab_size=VOCAB, hidden_size=HIDDEN, intermediate_size=INTER,
    num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, initializer_range=0.02, tie_word_embeddings=False,
)  # fmt: skip
DEEPSEEK = dict(
    model_type="deepseek_v3", architectures=["DeepseekV3ForCausalLM"], vocab_size=VOCAB, hidden_size=HIDDEN,
    intermediate_size=INTER, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=4, q_lora_rank=96,
    kv_lora_rank=64, qk_rope_head_dim=32, qk_nope_head_dim=64, v_head_dim=64, moe_intermediate_size=128,
    n_routed_experts=2, n_shared_experts=1, first_k_dense_replace=1, initializer_range=0.02, tie_word_embeddings=False,
)  # fmt: skip


def fp8(out, inputs):
    return {
        "weight": ([out, inputs], "F8_E4M3"),
        "weight_scale_inv": ([math.ceil(out / 128), math.ceil(inputs / 128)], "F32"),
    }


def gptq(out, inputs):
    return {
        "qweight": ([inputs // 8, out], "I32"),
        "qzeros": ([inputs // GROUP, out // 8], "I32"),
        "scales": ([inputs // GROUP, out], "F16"),
        "g_idx": ([inputs], "I32"),
    }


def awq(out, inputs):
    return {
        "qweight": ([inputs, out // 8], "I32"),
        "qzeros": ([inputs // GROUP, out // 8], "I32"),
        "scales": ([inputs // GROUP, out], "F16"),
    }


def nf4(out, inputs):
    blocks = out * inputs // 64
    return {
        "weight": ([out * inputs // 2, 1], "U8"),
        "weight.absmax": ([blocks], "U8"),
        "weight.quant_map": ([16], "F32"),
        "weight.nested_absmax": ([math.ceil(blocks / 256)], "F32"),
        "weight.nested_quant_map": ([256], "F32"),
        "weight.quant_state.bitsandbytes__nf4": ([97], "U8"),
    }


def int8(out, inputs):
    return {"weight": ([out, inputs], "I8"), "SCB": ([out], "F32"), "weight_format": ([], "U8")}


def experts(layer):
    """The linear layers of a block of DeepSeek-V3, of which the first is dense."""
    if layer == 0:
        return {name: size for name, size in LINEARS.items() if name.startswith("mlp")} | LATENT
    parts = {"gate_proj": (128, HIDDEN), "up_proj": (128, HIDDEN), "down_proj": (HIDDEN, 128)}
    owners = ["experts.0", "experts.1", "shared_experts"]
    return LATENT | {f"mlp.{owner}.{part}": size for owner in owners for part, size in parts.items()}


def rows(quantized, dtype, linears=lambda layer: LINEARS, others=lambda layer: {}):
    found = {"model.embed_tokens.weight": ([VOCAB, HIDDEN], dtype), "lm_head.weight": ([VOCAB, HIDDEN], dtype)}
    found["model.norm.weight"] = ([HIDDEN], dtype)
    for layer in range(2):
        at = f"model.layers.{layer}"
        for norm in ("input_layernorm", "post_attention_layernorm"):
            found[f"{at}.{norm}.weight"] = ([HIDDEN], dtype)
        for name, size in linears(layer).items():
            for suffix, entry in quantized(*size).items():
                found[f"{at}.{name}.{suffix}"] = entry
        for name, entry in others(layer).items():
            found[f"{at}.{name}"] = entry
    return [(name, shape, dtype, None) for name, (shape, dtype) in sorted(found.items())]


def deepseek(layer):
    norms = {"self_attn.q_a_layernorm.weight": ([96], "BF16"), "self_attn.kv_a_layernorm.weight": ([64], "BF16")}
    if layer == 0:
        return norms
    return norms | {"mlp.gate.weight": ([2, HIDDEN], "BF16"), "mlp.gate.e_score_correction_bias": ([2], "F32")}


def made(config, method, found):
    return ({**config, "quantization_config": method}, found)


BITSANDBYTES = dict(quant_method="bitsandbytes", load_in_4bit=True, load_in_8bit=False, bnb_4bit_quant_type="nf4",
                    bnb_4bit_use_double_quant=True)  # fmt: skip
FAMILIES = {
    "fp8": lambda: [
        ("deepseek_v3", "deepseek", made(
            DEEPSEEK,
            dict(quant_method="fp8", fmt="e4m3", activation_scheme="dynamic", weight_block_size=[128, 128]),
            rows(fp8, "BF16", experts, deepseek),
        )),
    ],
    "gptq": lambda: [
        ("llama", "gptqmodel", made(LLAMA, dict(quant_method="gptq", bits=4, group_size=GROUP, desc_act=True), rows(gptq, "F16"))),
    ],
    "awq": lambda: [
        ("llama", "autoawq", made(
            LLAMA, dict(quant_method="awq", bits=4, group_size=GROUP, zero_point=True, version="gemm"), rows(awq, "F16")
        )),
    ],
    "bitsandbytes": lambda: [
        ("nf4", "bitsandbytes", made(LLAMA, BITSANDBYTES, rows(nf4, "BF16"))),
        ("int8", "bitsandbytes", made(
            LLAMA, dict(quant_method="bitsandbytes", load_in_8bit=True, load_in_4bit=False), rows(int8, "F16")
        )),
    ],
}  # fmt: skip
