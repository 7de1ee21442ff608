"""What a group’s meeting gets and leaves: papers, minutes, and the code by which these are held to the record."""
