"""Recommendations, action plans and what follows from them: records, and the rules that they obey."""
