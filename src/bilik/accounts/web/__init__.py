"""The pages of accounts and what they keep: people, agencies, deeds."""
