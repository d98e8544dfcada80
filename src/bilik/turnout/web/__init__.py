"""The pages of turnout and what they keep."""
