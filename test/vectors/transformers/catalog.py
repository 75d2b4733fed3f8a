"""The models of families.py: for each family its variants, as a name, a framework and a function that saves a model."""

import diffusion
import further
import headers
import language
import vision

COMPUTED = language.COMPUTED
FILES = {
    "language": language.FAMILIES,
    "vision": vision.FAMILIES,
    "diffusion": diffusion.FAMILIES,
    "further": further.FAMILIES,
    "headers": headers.FAMILIES,
}
