"""The worked example: an invented partnership, made through the same verbs that people use."""
