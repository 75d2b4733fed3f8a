"""Models of diffusers."""

from saving import diffusion

UNET = dict(
    sample_size=8, block_out_channels=(32, 64), layers_per_block=1, cross_attention_dim=48, attention_head_dim=8,
    down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
)  # fmt: skip
VAE = dict(
    block_out_channels=(32, 64), down_block_types=("DownEncoderBlock2D",) * 2, up_block_types=("UpDecoderBlock2D",) * 2,
    latent_channels=4, sample_size=32,
)  # fmt: skip
DIT = dict(num_attention_heads=2, attention_head_dim=20, num_layers=2, sample_size=8, num_embeds_ada_norm=10, out_channels=8)

FAMILIES = {
    "unet": lambda: [
        ("stable_diffusion", "diffusers", diffusion("UNet2DConditionModel", **UNET)),
        ("xl", "diffusers", diffusion("UNet2DConditionModel", **UNET, use_linear_projection=True, transformer_layers_per_block=2,
                                      addition_embed_type="text_time", addition_time_embed_dim=16, projection_class_embeddings_input_dim=112)),
    ],
    "vae": lambda: [("stable_diffusion", "diffusers", diffusion("AutoencoderKL", **VAE))],
    "dit": lambda: [("dit", "diffusers", diffusion("DiTTransformer2DModel", **DIT))],
}
