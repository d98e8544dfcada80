"""The pages of elections and what they keep."""
