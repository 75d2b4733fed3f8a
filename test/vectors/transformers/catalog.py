"""The models of families.py: for each family its variants, as a name, a framework and a function that saves a model."""

import language

COMPUTED = {**language.COMPUTED}
FILES = {"language": language.FAMILIES}
