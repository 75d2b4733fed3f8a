"""Language models."""

from saving import family

SIZES = dict(vocab_size=96, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4)
GROUPED = dict(**SIZES, num_key_value_heads=2, pad_token_id=None, bos_token_id=1, eos_token_id=2)
WIDE = dict(initializer_range=0.05)
T5 = dict(vocab_size=96, d_model=48, d_kv=10, d_ff=80, num_layers=2, num_heads=4)

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
        factor=("T5ForConditionalGeneration", dict(**T5, initializer_factor=0.5)),
        encoder=("T5EncoderModel", dict(**T5, feed_forward_proj="gated-gelu")),
    ),
}

COMPUTED = {}
