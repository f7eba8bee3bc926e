"""What the judge of obligations is given is gathered here: artifacts, what each dependency's source says, surfaces."""
