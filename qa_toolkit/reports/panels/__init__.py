"""What a moderation panel gets and leaves: its papers and its minutes."""
