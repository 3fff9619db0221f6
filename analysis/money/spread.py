"""An amount shared out by weight, to the đồng."""

from collections.abc import Sequence


def spread(amount_vnd: int, weights: Sequence[int]) -> list[int]:
    """Shares in proportion to the weights (none negative), whose sum is the amount exactly.

    Largest remainder: what rounding leaves over goes, one đồng each, to those who lost most by it, the earlier first. When
    nothing weighs anything all weigh the same. ValueError without any weight.
    """
    if not weights:
        raise ValueError("there is nothing to spread an amount over")
    if not any(weights):
        weights = [1] * len(weights)
    sign, size, whole = (-1 if amount_vnd < 0 else 1), abs(amount_vnd), sum(weights)
    shares = [size * weight // whole for weight in weights]
    lost = sorted(range(len(weights)), key=lambda place: -(size * weights[place] % whole))
    for place in lost[: size - sum(shares)]:
        shares[place] += 1
    return [sign * share for share in shares]
