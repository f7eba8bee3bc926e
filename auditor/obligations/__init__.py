"""Stage: Shipping -> Obligations. Pure judgement; what it is given was gathered before."""
