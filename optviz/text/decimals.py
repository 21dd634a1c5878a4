"""Decimal numbers as text, by the name they had before tables, on a lower floor, needed them."""

from optviz.decimals import DECIMAL, is_float, is_number

__all__ = ["DECIMAL", "is_float", "is_number"]
