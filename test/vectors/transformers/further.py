"""Further models of language and images."""

from saving import family

from language import GROUPED, PLAIN, SIZES, SPECIAL, WIDE
from vision import TEXT, VISION, VIT

BART = dict(
    vocab_size=96, d_model=48, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
    encoder_ffn_dim=80, decoder_ffn_dim=72, max_position_embeddings=32,
)  # fmt: skip
GPTJ = dict(vocab_size=96, n_positions=32, n_embd=48, n_layer=2, n_head=4, rotary_dim=4, **PLAIN)
NEO = dict(vocab_size=96, max_position_embeddings=32, hidden_size=48, num_layers=2, num_heads=4, window_size=8,
           attention_types=[[["global", "local"], 1]], **PLAIN)  # fmt: skip
MULTIMODAL = dict(text_config=dict(**GROUPED, head_dim=16), vision_config=VISION, mm_tokens_per_image=4)

FAMILIES = {
    "gemma3_multimodal": family(whole=("Gemma3ForConditionalGeneration", MULTIMODAL)),
    "siglip": family(
        siglip=("SiglipModel", dict(text_config=TEXT, vision_config=VISION)),
        vision=("SiglipVisionModel", VISION),
    ),
    "dinov2": family(base=("Dinov2Model", VIT), wide=("Dinov2ForImageClassification", dict(**VIT, **WIDE, layerscale_value=0.5, use_swiglu_ffn=True))),
    "deit": family(
        classifier=("DeiTForImageClassification", VIT),
        teacher=("DeiTForImageClassificationWithTeacher", dict(**VIT, **WIDE)),
    ),
    "swin": family(
        classifier=("SwinForImageClassification", dict(image_size=32, patch_size=4, embed_dim=24, depths=[1, 2], num_heads=[2, 4], window_size=4)),
        base=("SwinModel", dict(image_size=32, patch_size=4, embed_dim=24, depths=[1, 1], num_heads=[2, 4], window_size=4, use_absolute_embeddings=True, **WIDE)),
    ),
    "albert": family(masked=("AlbertForMaskedLM", dict(**SIZES, embedding_size=32, max_position_embeddings=40)),
                     base=("AlbertModel", dict(**SIZES, **WIDE, embedding_size=32, max_position_embeddings=40))),
    "electra": family(discriminator=("ElectraForPreTraining", dict(**SIZES, embedding_size=32, max_position_embeddings=40)),
                      generator=("ElectraForMaskedLM", dict(**SIZES, **WIDE, embedding_size=32, max_position_embeddings=40))),
    "deberta": family(v1=("DebertaForMaskedLM", dict(**SIZES, max_position_embeddings=40, relative_attention=True, max_relative_positions=16, pos_att_type=["c2p", "p2c"])),
                      v2=("DebertaV2ForMaskedLM", dict(**SIZES, **WIDE, max_position_embeddings=40, relative_attention=True, max_relative_positions=16, pos_att_type=["c2p", "p2c"], norm_rel_ebd="layer_norm", share_att_key=True, position_buckets=8))),
    "bart": family(generation=("BartForConditionalGeneration", BART), base=("BartModel", dict(**BART, init_std=0.05))),
    "mbart": family(generation=("MBartForConditionalGeneration", BART)),
    "marian": family(translation=("MarianMTModel", dict(**BART, pad_token_id=95, decoder_start_token_id=95, eos_token_id=0, forced_eos_token_id=0))),
    "gpt_neo": family(causal=("GPTNeoForCausalLM", NEO), wide=("GPTNeoForCausalLM", dict(**NEO, **WIDE))),
    "gptj": family(causal=("GPTJForCausalLM", GPTJ), wide=("GPTJForCausalLM", dict(**GPTJ, **WIDE))),
    "starcoder2": family(causal=("Starcoder2ForCausalLM", GROUPED), wide=("Starcoder2ForCausalLM", dict(**GROUPED, **WIDE, use_bias=False))),
    "stablelm": family(causal=("StableLmForCausalLM", GROUPED), wide=("StableLmForCausalLM", dict(**GROUPED, **WIDE, use_qkv_bias=True, qk_layernorm=True))),
    "olmo": family(v1=("OlmoForCausalLM", GROUPED), v2=("Olmo2ForCausalLM", dict(**GROUPED, **WIDE))),
    "cohere": family(causal=("CohereForCausalLM", GROUPED), wide=("CohereForCausalLM", dict(**GROUPED, **WIDE, use_qk_norm=True))),
    "granite": family(causal=("GraniteForCausalLM", GROUPED), tied=("GraniteForCausalLM", dict(**GROUPED, **WIDE, tie_word_embeddings=True))),
    "smollm3": family(causal=("SmolLM3ForCausalLM", GROUPED)),
}  # fmt: skip
