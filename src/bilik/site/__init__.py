"""The frame of the site: settings, addresses, the look, the workspace, the home page.

The domains' pages hang in it; nothing of theirs is decided here.
"""
