"""The licences of the SPDX list by their words: `reader` finds them, `index` holds them."""
