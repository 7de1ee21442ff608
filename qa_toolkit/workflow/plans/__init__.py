"""Recommendations, actions and meetings as people work them: one verb, one line of the actions' own file."""
