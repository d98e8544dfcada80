"""The pages of regions and what they keep."""
