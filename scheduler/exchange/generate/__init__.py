"""Which invented region has a given size, and looks like the real work? The same one for the same seed."""

from scheduler.exchange.generate.making import generate
from scheduler.exchange.generate.sample import sample_district
from scheduler.exchange.generate.sizes import SIZES, Size

__all__ = ["SIZES", "Size", "generate", "sample_district"]
