"""What each class of reader may see of the figures: a type for each, every one the next lower with something added.

Public < Main Board < Business Group < QA Group (and an audit's own report) < case: a module for each. Counts of
children that could point at one are in the last alone: the others hold the tables as they may be shown, hidden cells
already gone.
"""
