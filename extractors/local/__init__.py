"""Reading English chat on this machine, without a language model."""
